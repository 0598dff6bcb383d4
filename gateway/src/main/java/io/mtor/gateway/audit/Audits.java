// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.GatewayBound.MediaPart;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.audit.Likeness.Outcome;
import io.mtor.gateway.realm.RealmView;
import io.mtor.gateway.session.AnswerListener;
import io.mtor.gateway.session.MediumInParts;
import io.mtor.gateway.session.Receiver;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Audits the answers of volunteers by a sample.
 *
 * <p>Where somebody trusted serves the same model, the intent is run there once more, and the answers are compared; if they
 * differ, there is a second opinion, and the volunteer is blamed only if the two trusted answers are alike and its own is
 * like neither. So it is the question itself that says how far honest answers lie apart. Where nobody trusted serves it, a
 * volunteer is asked a question with a known answer. What was spoken or painted is shown to a {@link Witness}. All of that
 * happens after the user has the answer.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds, never going back).
 */
public final class Audits implements AnswerListener {

    /** Whom duplicates are run for. */
    static final UserId AUDITOR = new UserId("audit");

    /** What an intent may bring along, as a medium goes to its witness in one. */
    static final int MAX_MEDIUM_BYTES = 8 << 20;

    /** What audits need of the gateway. */
    public interface Way {

        void open(Intent intent, long ttlMillis, Receiver receiver);

        /** The answer of a host's worker was found to agree or to differ. */
        void found(String mark, boolean agreed);

        /**
         * For metrics.
         *
         * @param kind duplicate, canary or witness
         * @param outcome agreed, differed, unclear or failed
         */
        void audited(String kind, String outcome);
    }

    private record Sampled(
            String mark,
            Intent intent,
            String answer,
            @Nullable Media medium,
            @Nullable String model,
            long since) {}

    /** What an audit was answered. */
    private record Reply(
            WorkerId worker, String text, @Nullable Media medium) {}

    private final AuditConfig config;
    private final RealmView realm;
    private final Reputations reputations;
    private final Way way;
    private final RandomGenerator random;
    private final Set<Sampled> waiting = new LinkedHashSet<>();
    private final Map<IntentKey, MediumInParts> recorded = new LinkedHashMap<>();
    private final Set<IntentKey> open = new HashSet<>();
    private long canaryAt;
    private long now;

    /** @param random not to be foreseen by hosts */
    public Audits(AuditConfig config, RealmView realm, Reputations reputations, Way way, RandomGenerator random) {
        this.config = config;
        this.realm = realm;
        this.reputations = reputations;
        this.way = way;
        this.random = random;
    }

    /** The last few media of volunteers are kept, in case that they are to be audited when their answers have ended. */
    @Override
    public void heard(Intent intent, MediaPart part) {
        if (Witness.of(intent.queryType()) == null || !isOfVolunteer(intent, part.worker())) {
            return;
        }
        if (part.offset() == 0) {
            recorded.putIfAbsent(intent.key(), new MediumInParts(MAX_MEDIUM_BYTES));
        }
        if (recorded.size() > config.most()) {
            recorded.remove(recorded.keySet().iterator().next());
        }
        MediumInParts recording = recorded.get(intent.key());
        if (recording != null) {
            recording.add(part);
        }
    }

    /** An intent has ended in a result. What follows from it begins with the next tick. */
    @Override
    public void answered(Intent intent, Completed answer) {
        MediumInParts recording = recorded.remove(intent.key());
        Media medium = recording == null ? null : recording.take();
        boolean shown = Witness.of(intent.queryType()) == null || medium != null;
        if (shown && isOfVolunteer(intent, answer.worker()) && waiting.size() + open.size() < config.most()) {
            String mark = volunteer(answer.worker());
            String model = intent.model() == null ? answer.model() : intent.model();
            if (isSampled(mark)) {
                waiting.add(new Sampled(mark, intent, answer.text(), medium, model, now));
            }
        }
    }

    private boolean isOfVolunteer(Intent intent, WorkerId worker) {
        return config.on()
                && intent.privacy() == Privacy.ANY
                && !open.contains(intent.key())
                && !volunteer(worker).isEmpty();
    }

    private boolean isSampled(String mark) {
        int percent =
                switch (reputations.standing(mark)) {
                    case PROBATION -> config.probation();
                    case TRUSTED -> config.share();
                    case CAUGHT -> 0;
                };
        return random.nextInt(100) < percent;
    }

    /** Whose volunteer it is; empty if it is none, or only shows the demo. */
    private String volunteer(WorkerId worker) {
        WorkerAnnouncement said = realm.worker(worker);
        boolean is = said != null && said.whose() == Trust.VOLUNTEER && !said.synthetic();
        return is ? Reputations.markOf(worker) : "";
    }

    /** Time has passed; to be called about every 100 ms. */
    public void tick(long time) {
        now = time;
        for (Iterator<Sampled> each = waiting.iterator(); each.hasNext(); ) {
            Sampled next = each.next();
            if (begins(next) || now - next.since > config.patience().toMillis()) {
                each.remove();
            }
        }
    }

    /** False if it has to wait: for a free slot of a trusted worker, or until the next question is due. */
    private boolean begins(Sampled sampled) {
        QueryType type = sampled.intent.queryType();
        Witness witness = Witness.of(type);
        if (witness != null) {
            List<WorkerAnnouncement> witnesses = serving(witness.by(), null, false);
            return witnesses.isEmpty() || begins(() -> testify(sampled, witness), witnesses);
        }
        List<WorkerAnnouncement> peers = serving(type, sampled.model, false);
        if (!peers.isEmpty()) {
            return begins(() -> duplicate(sampled), peers);
        }
        if (!Canary.isFor(type) || serving(type, sampled.model, true).isEmpty()) {
            return true;
        }
        boolean due = now - canaryAt >= config.canary().toMillis();
        if (due) {
            canary(sampled);
        }
        return due;
    }

    private static boolean begins(Runnable audit, List<WorkerAnnouncement> by) {
        boolean free = by.stream().anyMatch(each -> each.load().free() > 0);
        if (free) {
            audit.run();
        }
        return free;
    }

    private List<WorkerAnnouncement> serving(QueryType type, @Nullable String model, boolean volunteers) {
        return realm.workers().stream()
                .filter(each -> (each.whose() == Trust.VOLUNTEER) == volunteers && !each.synthetic())
                .filter(each -> !each.load().draining())
                .filter(each -> each.serves().stream()
                        .anyMatch(offer -> offer.queryType().equals(type) && (model == null || offer.serves(model))))
                .toList();
    }

    // ---- once more

    private void duplicate(Sampled sampled) {
        again(sampled, "duplicate", known -> {
            Outcome first = compare(sampled, sampled.answer, known.text());
            if (first == Outcome.DIFFERED) {
                secondOpinion(sampled, known.text());
            } else {
                found(sampled.mark, "duplicate", first);
            }
        });
    }

    private void secondOpinion(Sampled sampled, String known) {
        again(sampled, "duplicate", second -> {
            boolean alike = compare(sampled, second.text(), known) == Outcome.AGREED;
            boolean differs = compare(sampled, sampled.answer, second.text()) == Outcome.DIFFERED;
            found(sampled.mark, "duplicate", alike && differs ? Outcome.DIFFERED : Outcome.UNCLEAR);
        });
    }

    private static Outcome compare(Sampled sampled, String answer, String known) {
        return Likeness.of(sampled.intent.queryType().value(), sampled.intent.text(), answer, known);
    }

    /** For nobody to see but workers that may see what is trusted. */
    private void again(Sampled sampled, String kind, Consumer<Reply> then) {
        Intent first = sampled.intent;
        ask(
                trusted(
                        first.queryType(),
                        first.text(),
                        sampled.model,
                        first.conversation(),
                        first.media(),
                        first.parameters()),
                kind,
                then);
    }

    private Intent trusted(
            QueryType type,
            String text,
            @Nullable String model,
            List<Turn> conversation,
            List<Media> media,
            Parameters parameters) {
        return new Intent(
                new IntentKey(AUDITOR, guid()),
                type,
                text,
                model,
                conversation,
                media,
                parameters,
                Priority.BATCH,
                Privacy.TRUSTED,
                false,
                null);
    }

    // ---- by a witness

    private void testify(Sampled sampled, Witness witness) {
        testify(sampled, witness, sampled.medium, first -> {
            if (first == Outcome.DIFFERED) {
                tryTheWitness(sampled, witness);
            } else {
                found(sampled.mark, "witness", first);
            }
        });
    }

    /** Is the same intent told right where it was done by somebody trusted? */
    private void tryTheWitness(Sampled sampled, Witness witness) {
        again(
                sampled,
                "witness",
                known -> testify(sampled, witness, known.medium, of -> {
                    found(sampled.mark, "witness", of == Outcome.AGREED ? Outcome.DIFFERED : Outcome.UNCLEAR);
                }));
    }

    private void testify(Sampled sampled, Witness witness, @Nullable Media medium, Consumer<Outcome> then) {
        if (medium == null) {
            found(sampled.mark, "witness", Outcome.UNCLEAR);
            return;
        }
        Intent asked = trusted(
                witness.by(), witness.question(sampled.intent), null, List.of(), List.of(medium), Parameters.NONE);
        ask(asked, "witness", reply -> then.accept(witness.judge(sampled.intent, reply.text)));
    }

    // ---- a question with a known answer

    /**
     * Whoever of the volunteers gets it: as one of their intents, for a user like any other. It waits in line like any other,
     * too, as volunteers that are always busy would else never be asked.
     */
    private void canary(Sampled sampled) {
        canaryAt = now;
        Canary canary = Canary.draw(sampled.intent.queryType(), random);
        var intent = new Intent(
                new IntentKey(new UserId(guid().value()), guid()),
                sampled.intent.queryType(),
                canary.question(),
                sampled.intent.model(),
                List.of(),
                canary.media(),
                Parameters.NONE,
                Priority.INTERACTIVE,
                Privacy.ANY,
                false,
                null);
        ask(intent, "canary", reply -> {
            String mark = volunteer(reply.worker);
            boolean right = canary.isAnsweredBy(reply.text);
            found(mark, "canary", right ? Outcome.AGREED : Outcome.DIFFERED);
        });
    }

    private IntentId guid() {
        return new IntentId(new UUID(random.nextLong(), random.nextLong()).toString());
    }

    private void ask(Intent intent, String kind, Consumer<Reply> then) {
        open.add(intent.key());
        way.open(intent, config.patience().toMillis(), new Ear(intent.key(), kind, then));
    }

    private void found(String mark, String kind, Outcome outcome) {
        way.audited(
                kind,
                switch (outcome) {
                    case AGREED -> "agreed";
                    case DIFFERED -> "differed";
                    case UNCLEAR -> "unclear";
                });
        if (outcome != Outcome.UNCLEAR && !mark.isEmpty()) {
            way.found(mark, outcome == Outcome.AGREED);
        }
    }

    /** Hears how an audit ends. */
    private final class Ear implements Receiver {

        private final IntentKey key;
        private final String kind;
        private final Consumer<Reply> then;

        Ear(IntentKey key, String kind, Consumer<Reply> then) {
            this.key = key;
            this.kind = kind;
            this.then = then;
        }

        @Override
        public void send(ServerMessage message) {
            if (message instanceof ServerMessage.Result result && open.remove(key)) {
                List<Media> media = result.media();
                Media medium = media == null ? null : media.getLast();
                then.accept(new Reply(result.workerId(), result.resultText(), medium));
            } else if (message instanceof ServerMessage.Failure && open.remove(key)) {
                way.audited(kind, "failed");
            }
        }

        @Override
        public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {}

        @Override
        public boolean isCongested() {
            return false;
        }
    }
}
