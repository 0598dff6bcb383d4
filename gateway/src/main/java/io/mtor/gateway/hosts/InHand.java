// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.GatewayBound.Accepted;
import io.mtor.common.bus.GatewayBound.Alive;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.GatewayBound.Failed;
import io.mtor.common.bus.GatewayBound.FromWorker;
import io.mtor.common.bus.GatewayBound.Moved;
import io.mtor.common.bus.GatewayBound.Piece;
import io.mtor.common.bus.GatewayBound.UnknownIntent;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.bus.WorkerBound.Credit;
import io.mtor.common.bus.WorkerBound.Drain;
import io.mtor.common.bus.WorkerBound.Ping;
import io.mtor.common.bus.WorkerBound.Probe;
import io.mtor.common.bus.WorkerBound.Resume;
import io.mtor.common.edge.EdgeMessage.FromHost;
import io.mtor.common.edge.EdgeMessage.ToDispatcher;
import io.mtor.common.edge.EdgeMessage.ToGateway;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the workers of one host were given through one connection, as it went by here. Nobody has more free slots than what it
 * has not ended leaves, nor has it been faster, nor has it done well what went by as failed, whatever it says.
 *
 * <p>An intent of which a worker has only reported that it has ended may wait for a client that reads slowly: of a volunteer it
 * counts still, as that could be said of everything. One whose time has been over for a while does not, as its gateway,
 * which would take it back, is gone. What failed, or was taken back when it had begun, is reported from here.
 *
 * <p>Of an answer that was not given through this connection nothing is known but how much of it goes by, see {@link
 * BroughtAlong}.
 *
 * <p>Not thread-safe: the gateway's event loop, which passes the time in (milliseconds, never going back).
 */
final class InHand {

    static final long MAX_LATE_MILLIS = 5_000;

    /** What is asked for is a sound or a picture. */
    private static final Set<QueryType> OF_MEDIA = Set.of(QueryType.SPEAK, QueryType.IMAGINE);

    private static final Load NONE = new Load(0, 0, false);

    private static final class Given {
        private final DispatcherId dispatcher;
        private final QueryType type;
        private final int attempt;
        private final long since;
        private final long over;
        private final AnswerMeter meter;
        private boolean begun;
        private @Nullable Long reportedDone;
        private @Nullable Long tookMillis;

        Given(Assign assign, AnswerMeter meter, long now) {
            this.dispatcher = assign.dispatcher();
            this.type = assign.intent().queryType();
            this.attempt = assign.attempt();
            this.since = now;
            this.over = now + assign.ttlMillis();
            this.meter = meter;
        }
    }

    private static final class Hand {
        private final Map<IntentKey, Given> given = new HashMap<>();
        private final BroughtAlong broughtAlong;
        private Load said = NONE;

        Hand(HostsConfig.Answer limits) {
            this.broughtAlong = new BroughtAlong(limits);
        }
    }

    private final Map<WorkerId, Hand> hands = new HashMap<>();
    private final boolean volunteers;
    private final HostsConfig.Answer limits;
    private final BiConsumer<DispatcherId, WorkerReport> reports;

    /** @param reports takes what dispatchers are to be told */
    InHand(Trust trust, HostsConfig.Answer limits, BiConsumer<DispatcherId, WorkerReport> reports) {
        this.volunteers = trust == Trust.VOLUNTEER;
        this.limits = limits;
        this.reports = reports;
    }

    private Hand hand(WorkerId worker) {
        return hands.computeIfAbsent(worker, first -> new Hand(limits));
    }

    /** Takes what a worker is told. */
    void told(WorkerId worker, WorkerBound message, long now) {
        switch (message) {
            case Assign assign -> {
                var meter = new AnswerMeter(
                        limits, OF_MEDIA.contains(assign.intent().queryType()));
                hand(worker).given.put(assign.intent().key(), new Given(assign, meter, now));
            }
            case Cancel cancel -> takenBack(worker, cancel, now);
            case Credit(var key, int attempt, int seq) -> {
                Given given = given(worker, key, attempt);
                AnswerMeter meter =
                        given != null ? given.meter : hand(worker).broughtAlong.known(key, attempt);
                if (meter != null) {
                    meter.credited(seq);
                }
            }
            case Resume resume -> {
                Given given = hand(worker).given.get(resume.key());
                if (given != null) {
                    given.meter.credited(resume.afterSeq());
                }
            }
            case Probe probe -> {}
            case Ping ping -> {}
            case Drain drain -> {}
        }
    }

    /** Takes what the host says, and returns it as it may go on. */
    FromHost said(FromHost message, long now) {
        return switch (message) {
            case ToGateway(var to, FromWorker said) -> {
                FromWorker known = bounded(said);
                note(known, now);
                yield known == said ? message : new ToGateway(to, known);
            }
            case ToDispatcher(var to, Refused refused) -> {
                hand(refused.worker()).given.remove(refused.key());
                yield message;
            }
            default -> message;
        };
    }

    /** An answer that is too much, or none, has failed. */
    private FromWorker bounded(FromWorker said) {
        String why =
                switch (said) {
                    case Piece piece -> meter(piece).take(piece);
                    case Completed done -> meter(done).take(done);
                    default -> null;
                };
        FromWorker known = why == null
                ? said
                : new Failed(said.key(), said.attempt(), said.worker(), Cause.FAILED, why, said.capability());
        if (known instanceof Completed || known instanceof Failed) {
            hand(said.worker()).broughtAlong.forget(said.key());
        }
        return known;
    }

    private AnswerMeter meter(FromWorker said) {
        Given given = given(said);
        return given != null ? given.meter : hand(said.worker()).broughtAlong.meter(said.key(), said.attempt());
    }

    private @Nullable Given given(FromWorker said) {
        return given(said.worker(), said.key(), said.attempt());
    }

    private @Nullable Given given(WorkerId worker, IntentKey key, int attempt) {
        Given given = hand(worker).given.get(key);
        return given != null && given.attempt == attempt ? given : null;
    }

    private void note(FromWorker said, long now) {
        switch (said) {
            case Piece piece -> begun(piece);
            case Completed done -> completed(done, now);
            case Failed failed -> failed(failed, now);
            case UnknownIntent unknown -> hand(unknown.worker()).given.remove(unknown.key());
            case Accepted accepted -> {}
            case Alive alive -> {}
            case Moved moved -> {}
        }
    }

    private void begun(Piece piece) {
        Given given = given(piece);
        if (given != null) {
            given.begun = true;
        }
    }

    private void completed(Completed done, long now) {
        Given given = given(done);
        if (given == null || given.tookMillis != null) {
            return;
        }
        given.tookMillis = now - given.since;
        Long reportedDone = given.reportedDone;
        if (reportedDone != null) {
            hand(done.worker()).given.remove(done.key());
            report(given, done.worker(), done.key(), Outcome.COMPLETED, volunteers ? now : reportedDone);
        }
    }

    private void failed(Failed failed, long now) {
        Given given = given(failed);
        if (given == null) {
            return;
        }
        hand(failed.worker()).given.remove(failed.key());
        if (given.tookMillis == null) {
            report(given, failed.worker(), failed.key(), Outcome.of(failed.cause()), now);
        }
    }

    /** One that has given no sign of it is no slow one: dispatchers have a rule of their own for that. */
    private void takenBack(WorkerId worker, Cancel cancel, long now) {
        Map<IntentKey, Given> its = hand(worker).given;
        Given given = its.get(cancel.key());
        if (given == null || given.attempt > cancel.attempt()) {
            return;
        }
        its.remove(cancel.key());
        if (given.tookMillis == null && given.begun) {
            report(given, worker, cancel.key(), Outcome.CANCELLED, now);
        }
    }

    private void report(Given given, WorkerId worker, IntentKey key, Outcome how, long endedAt) {
        var ended = new Ended(key, given.type, how, endedAt - given.since);
        Load load = load(hand(worker));
        reports.accept(given.dispatcher, new WorkerReport(worker, load, List.of(), List.of(ended)));
    }

    /** The load of a worker that says this of it. */
    Load load(WorkerId worker, Load said, long now) {
        Hand hand = hand(worker);
        hand.said = said;
        hand.given.values().removeIf(each -> each.over + MAX_LATE_MILLIS <= now);
        return load(hand);
    }

    private Load load(Hand hand) {
        long open = hand.given.values().stream().filter(this::isOpen).count();
        return new Load(hand.said.slots(), Math.max(hand.said.inFlight(), (int) open), hand.said.draining());
    }

    private boolean isOpen(Given given) {
        return given.tookMillis == null && (volunteers || given.reportedDone == null);
    }

    /**
     * What a worker says that it has ended, as far as it went by here: all else says nothing of how well it does. The end of an
     * answer may go by later than that, and is reported then.
     */
    List<Ended> checked(WorkerId worker, List<Ended> ended, long now) {
        Map<IntentKey, Given> given = hand(worker).given;
        return ended.stream().map(each -> checked(each, given, now)).toList();
    }

    private static Ended checked(Ended said, Map<IntentKey, Given> given, long now) {
        Given known = given.get(said.key());
        Long tookMillis = known == null ? null : known.tookMillis;
        if (known == null || tookMillis == null) {
            if (known != null && said.outcome() == Outcome.COMPLETED) {
                known.reportedDone = now;
            }
            return new Ended(said.key(), said.queryType(), Outcome.CANCELLED, 0);
        }
        given.remove(said.key());
        return new Ended(said.key(), known.type, Outcome.COMPLETED, tookMillis);
    }
}
