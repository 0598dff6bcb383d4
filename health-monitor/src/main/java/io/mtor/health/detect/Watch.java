// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.protocol.WorkerId;
import io.mtor.health.detect.Effect.Judge;
import io.mtor.health.detect.WorkerHealth.Down;
import io.mtor.health.detect.WorkerHealth.Healthy;
import io.mtor.health.detect.WorkerHealth.Held;
import io.mtor.health.detect.WorkerHealth.Recovering;
import io.mtor.health.detect.WorkerHealth.Suspect;
import java.util.Optional;

/** One worker that this monitor answers for: what it thinks of it, and since when it waits for a pong. */
final class Watch {

    private final WorkerId worker;
    private final DetectorConfig config;
    private WorkerHealth state;
    private String reason;
    private long heardAt;
    private long nextPingAt;
    private boolean contradicted;

    /** Begins to watch; the time until now is not held against the worker. */
    Watch(WorkerId worker, DetectorConfig config, Health before, long now, long firstPingAt) {
        this.worker = worker;
        this.config = config;
        this.state = WorkerHealth.adopted(before, now);
        this.reason = before == Health.HEALTHY ? "announced itself" : "as another monitor said";
        this.heardAt = now;
        this.nextPingAt = firstPingAt;
    }

    /** Whether a ping is due; then the next one is due after {@code intervalMillis}. */
    boolean takePing(long now, long intervalMillis) {
        if (now < nextPingAt) {
            return false;
        }
        nextPingAt = now + intervalMillis;
        return true;
    }

    /** The monitor itself was asleep for so long: that time is not held against the worker. */
    void forgive(long lagMillis) {
        heardAt += lagMillis;
    }

    /** Whether it misses a pong now, other than those that were believed to be down long ago. */
    boolean fellSilent(long now) {
        return silence(now) > config.degradedAfter().toMillis() && !isLongDown(now);
    }

    boolean isLongDown(long now) {
        return state instanceof Down down
                && now - down.sinceMillis() > config.downAfter().toMillis();
    }

    /** Time has passed. */
    Optional<Judge> tick(long now, boolean panic) {
        long silence = silence(now);
        if (silence <= config.degradedAfter().toMillis()) {
            return Optional.empty();
        }
        return switch (state) {
            case Healthy s -> become(silent(now, panic), silenceReason(silence, panic));
            case Suspect s -> become(silent(now, panic), silenceReason(silence, panic));
            case Held s -> become(silent(now, panic), silenceReason(silence, panic));
            case Recovering s -> become(new Down(now), "fell silent again while recovering");
            case Down s -> Optional.empty();
        };
    }

    /** A pong came to the ping that was sent then. */
    Optional<Judge> pong(long pingedAt, long now) {
        long silence = silence(now);
        heardAt = now;
        return switch (state) {
            case Healthy s -> Optional.empty();
            case Suspect s -> become(new Healthy(), "answers again after " + silence + " ms");
            case Held s -> become(new Healthy(), "answers again after " + silence + " ms");
            case Down s -> become(s.answers(now, config.recoveryPongs()), "answers again, recovering");
            case Recovering s -> become(s.answers(pingedAt, now, config.recoveryPongs()), "recovered");
        };
    }

    /** Its process was started anew; one that was down must prove itself nevertheless. */
    Optional<Judge> restarted(long now) {
        heardAt = now;
        return switch (state) {
            case Healthy s -> Optional.empty();
            case Suspect s -> become(new Healthy(), "began anew");
            case Held s -> become(new Healthy(), "began anew");
            case Recovering s -> Optional.empty();
            case Down s -> become(new Recovering(0, now), "began anew, recovering");
        };
    }

    /** Another monitor said something of it; if that is not what we think, we say ours again with the next ping. */
    void said(Health health) {
        contradicted = health != state.health();
    }

    boolean takeContradicted() {
        boolean was = contradicted;
        contradicted = false;
        return was;
    }

    Judge verdict() {
        return new Judge(worker, state.health(), reason);
    }

    WorkerHealth state() {
        return state;
    }

    private WorkerHealth silent(long now, boolean panic) {
        long silence = silence(now);
        long limit = config.downAfter().toMillis();
        if (silence <= limit) {
            return new Suspect();
        }
        return panic && silence <= limit + config.panicHold().toMillis() ? new Held() : new Down(now);
    }

    private String silenceReason(long silence, boolean panic) {
        boolean held = panic && silence > config.downAfter().toMillis();
        return "no pong for " + silence + " ms"
                + (held ? "; more than half fell silent at once, so it may be this monitor that is cut off" : "");
    }

    private Optional<Judge> become(WorkerHealth next, String why) {
        boolean tell = next.health() != state.health() || next instanceof Held != state instanceof Held;
        state = next;
        if (!tell) {
            return Optional.empty();
        }
        reason = why;
        return Optional.of(verdict());
    }

    private long silence(long now) {
        return now - heardAt;
    }
}
