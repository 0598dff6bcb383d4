// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.MonitorAnnouncement;
import io.mtor.common.bus.Announcement.MonitorLeft;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.health.detect.Effect.Judge;
import io.mtor.health.detect.Effect.SendPing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which workers are healthy, degraded or down, from pings that they answer or not.
 *
 * <h2>One worker</h2>
 *
 * <pre>
 *              silent &gt; 2 s               silent &gt; 5 s
 *   HEALTHY ─────────────────&gt; SUSPECT ─────────────────────────&gt; DOWN &lt;────────┐
 *      ^                         │  │                              ^ │           │
 *      ├────────── pong ─────────┘  │ silent &gt; 5 s,                │ │ pong      │ silent &gt; 2 s
 *      │                            │ and so is more than half     │ v           │
 *      │                            └────────────&gt; HELD ───────────┘ RECOVERING ─┘
 *      ├────────── pong ──────────────────────────── │   after 30 s      │
 *      └────────── third pong in a row ──────────────────────────────────┘
 *
 *   told to others:   HEALTHY = healthy   SUSPECT, HELD, RECOVERING = degraded   DOWN = down
 * </pre>
 *
 * <p>The first reaction is cheap and early: a degraded worker gets nothing new, and one pong makes it healthy. The second is
 * late and dear, since its intents are dispatched again; so the way back takes several pongs, each to a ping of its own.
 *
 * <p>What is not healthy is said again with every ping, and whoever hears it no more forgets it. So a verdict that is lost
 * on its way, or whose monitor dies, misleads nobody for long.
 *
 * <h2>Is it them, or is it me?</h2>
 *
 * <p>Time during which this monitor itself did not turn is not held against anybody: {@link #tick} is told by how much it came
 * late, and that much is forgiven.
 *
 * <p><b>Panic.</b> If at least three workers, and more than half of those that were not down before, are silent at once,
 * the likelier story is that this monitor is cut off. They are held at degraded, with that reason, for a while longer. Fewer
 * than three are always believed: with one or two workers there is no crowd to compare with, and a host may well run two. The
 * hold is limited, because in the end it makes no difference: if we are cut off, our verdicts reach only those who are cut off
 * with us, to whom the workers are lost indeed.
 *
 * <h2>Several monitors</h2>
 *
 * <p>Every monitor keeps in mind all workers and what was last said of them; the one that rendezvous hashing names pings and
 * judges. When monitors come and go, a worker's new monitor begins with the old one's verdict. While two disagree on who is
 * there, both may speak; each repeats its own verdict at most once per ping when it hears another, so the last word is the
 * owner's.
 *
 * <p>Not thread-safe: one event loop. Times are milliseconds of one monotonic clock.
 */
public final class FailureDetector {

    /** Fewer silent workers than this are always believed. */
    static final int PANIC_AT_LEAST = 3;

    /** A worker that is not announced any more is forgotten after this. */
    static final long FORGET_MILLIS = 60_000;

    private final MonitorId self;
    private final DetectorConfig config;
    private final RandomGenerator random;
    private final Colleagues colleagues;
    private final Map<WorkerId, Known> workers = new HashMap<>();
    private long panicUntil = Long.MIN_VALUE;

    /** A worker that announced itself, ours or not. */
    private static final class Known {
        private WorkerAnnouncement announcement;
        private long announcedAt;
        private Health said = Health.HEALTHY;
        private @Nullable Watch watch;

        Known(WorkerAnnouncement announcement) {
            this.announcement = announcement;
        }
    }

    public FailureDetector(MonitorId self, DetectorConfig config, RandomGenerator random) {
        this.self = self;
        this.config = config;
        this.random = random;
        this.colleagues = new Colleagues(self);
    }

    /** Something was announced, a departure or a verdict. */
    public List<Effect> hear(Announcement announcement, long now) {
        return switch (announcement) {
            case WorkerAnnouncement worker -> announced(worker, now);
            case WorkerLeft left -> {
                workers.computeIfPresent(
                        left.worker(),
                        (id, known) -> known.announcement.incarnation() == left.incarnation() ? null : known);
                yield List.of();
            }
            case MonitorAnnouncement monitor ->
                shareIf(colleagues.announced(monitor.monitor(), monitor.node(), now), now);
            case MonitorLeft left -> shareIf(colleagues.left(left.monitor()), now);
            case Verdict verdict -> said(verdict);
            case Announcement.Rollcall rollcall -> List.of(); // answered with verdicts()
            case Announcement.DispatcherAnnouncement other -> List.of();
            case Announcement.DispatcherLeft other -> List.of();
            case Announcement.GatewayAnnouncement other -> List.of();
            case Announcement.GatewayLeft other -> List.of();
        };
    }

    /** A cluster node is gone, and with it everything on it; the others know that themselves. */
    public List<Effect> nodeLeft(String node, long now) {
        workers.values().removeIf(known -> known.announcement.node().equals(node));
        return shareIf(colleagues.nodeLeft(node), now);
    }

    /** A worker answered the ping with this nonce. */
    public List<Effect> pong(WorkerId worker, long nonce, long now) {
        Known known = workers.get(worker);
        boolean timely = nonce <= now && nonce >= now - config.downAfter().toMillis();
        if (known == null || known.watch == null || !timely) {
            return List.of();
        }
        return effects(note(known, known.watch.pong(nonce, now)));
    }

    /**
     * Time has passed; to be called several times per ping interval.
     *
     * @param lagMillis by how much this call comes later than it was meant to
     */
    public List<Effect> tick(long now, long lagMillis) {
        if (lagMillis > 0) {
            colleagues.forgive(lagMillis);
            watches().forEach(watch -> watch.forgive(lagMillis));
        }
        workers.values().removeIf(known -> known.announcedAt + lagMillis < now - FORGET_MILLIS);
        var effects = new ArrayList<>(shareIf(colleagues.expire(now), now));
        boolean panic = isPanic(now);
        for (var entry : workers.entrySet()) {
            Watch watch = entry.getValue().watch;
            if (watch == null) {
                continue;
            }
            note(entry.getValue(), watch.tick(now, panic)).ifPresent(effects::add);
            if (watch.takePing(now, jittered())) {
                effects.add(new SendPing(entry.getKey(), now));
                if (watch.takeContradicted() || watch.state().health() != Health.HEALTHY) {
                    effects.add(new Effect.Repeat(watch.verdict()));
                }
            }
        }
        return effects;
    }

    /** What this monitor says of the workers that are its own. */
    public List<Judge> verdicts() {
        return watches().stream().map(Watch::verdict).toList();
    }

    private List<Effect> announced(WorkerAnnouncement worker, long now) {
        Known known = workers.get(worker.worker());
        if (known == null) {
            if (workers.size() >= config.maxWorkers()) {
                return List.of();
            }
            known = new Known(worker);
            workers.put(worker.worker(), known);
        }
        boolean anew = known.announcement.incarnation() != worker.incarnation();
        known.announcement = worker;
        known.announcedAt = now;
        share(worker.worker(), known, now);
        return anew && known.watch != null ? effects(note(known, known.watch.restarted(now))) : List.of();
    }

    private List<Effect> said(Verdict verdict) {
        Known known = workers.get(verdict.worker());
        if (known != null && !verdict.monitor().equals(self)) {
            known.said = verdict.health();
            if (known.watch != null) {
                known.watch.said(verdict.health());
            }
        }
        return List.of();
    }

    /** Remembers what we said ourselves, in case the worker goes to another monitor and comes back. */
    private static Optional<Judge> note(Known known, Optional<Judge> judgement) {
        judgement.ifPresent(judge -> known.said = judge.health());
        return judgement;
    }

    private List<Effect> shareIf(boolean changed, long now) {
        if (changed) {
            workers.forEach((worker, known) -> share(worker, known, now));
        }
        return List.of();
    }

    private void share(WorkerId worker, Known known, long now) {
        if (!colleagues.isMine(worker)) {
            known.watch = null;
        } else if (known.watch == null) {
            long firstPingAt = now + random.nextLong(config.pingInterval().toMillis());
            known.watch = new Watch(worker, config, known.said, now, firstPingAt);
        }
    }

    /** Panic outlasts its cause a little, so that each worker has been pinged again before silence counts. */
    private boolean isPanic(long now) {
        Collection<Watch> watches = watches();
        long silent = watches.stream().filter(watch -> watch.fellSilent(now)).count();
        long pool = watches.stream().filter(watch -> !watch.isLongDown(now)).count();
        if (silent >= PANIC_AT_LEAST && silent * 2 > pool) {
            panicUntil = now + config.degradedAfter().toMillis();
        }
        return now < panicUntil;
    }

    private List<Watch> watches() {
        var watches = new ArrayList<Watch>();
        for (Known known : workers.values()) {
            if (known.watch != null) {
                watches.add(known.watch);
            }
        }
        return watches;
    }

    private long jittered() {
        double factor = 1 + DetectorConfig.JITTER * (2 * random.nextDouble() - 1);
        return Math.round(config.pingInterval().toMillis() * factor);
    }

    private static List<Effect> effects(Optional<Judge> judgement) {
        return judgement.<List<Effect>>map(List::of).orElse(List.of());
    }
}
