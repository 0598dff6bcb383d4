// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.protocol.Intent;

/** What a session that hears nothing should do, by how long it has heard nothing. */
record Patience(SessionConfig config) {

    private static final long RESUME_AGAIN_MILLIS = 300;

    /** What is due now. */
    enum Due {
        NOTHING,
        /** The placement may be lost: say it again. */
        PLACE_AGAIN,
        /** The dispatcher may be lost: begin the placement anew. */
        PLACE_ANEW,
        /** The worker's answer may be lost: ask for it again. */
        RESUME_AGAIN,
        /** The worker that had it does not answer: dispatch it anew. */
        GIVE_UP_RESUME,
        /** Ask the worker whether it still has it. */
        PROBE,
        /** The worker is lost: nothing is heard of it. */
        SILENT,
        /** The worker answers, but nothing comes of it. */
        NO_PROGRESS
    }

    /** How long an intent goes on without its client. */
    long withoutClientMillis(Intent intent) {
        return (intent.detach() ? config.maxDetached() : config.lostReceiver()).toMillis();
    }

    /** True if an end that nobody has heard has been kept for long enough. */
    boolean isOver(long unheardForMillis) {
        return unheardForMillis > config.lostReceiver().toMillis();
    }

    /**
     * Says what is due.
     *
     * @param begun true if pieces have come
     * @param held true if it is the client that keeps the worker from sending
     */
    Due due(Phase phase, boolean begun, boolean held, long now) {
        return switch (phase) {
            case Phase.Placing placing ->
                now - placing.sentAt() >= config.placeAgain().toMillis() ? Due.PLACE_AGAIN : Due.NOTHING;
            case Phase.Waiting waiting ->
                now - waiting.heardAt() >= config.waitingSilence().toMillis() ? Due.PLACE_ANEW : Due.NOTHING;
            case Phase.Resuming resuming -> due(resuming, now);
            case Phase.Running running -> due(running, begun, held, now);
            case Phase.Held waits -> Due.NOTHING;
            case Phase.Over over -> Due.NOTHING;
        };
    }

    private Due due(Phase.Resuming resuming, long now) {
        if (now - resuming.since() >= config.resumePatience().toMillis()) {
            return Due.GIVE_UP_RESUME;
        }
        return now - resuming.sentAt() >= RESUME_AGAIN_MILLIS ? Due.RESUME_AGAIN : Due.NOTHING;
    }

    private Due due(Phase.Running running, boolean begun, boolean held, long now) {
        long progress = (begun ? config.progress() : config.firstProgress()).toMillis();
        if (now - running.heardAt() >= config.workerSilence().toMillis()) {
            return Due.SILENT;
        } else if (now - running.movedAt() >= progress && !held) {
            return Due.NO_PROGRESS;
        }
        long quietSince = Math.max(running.heardAt(), running.askedAt());
        return now - quietSince >= config.probeAfter().toMillis() ? Due.PROBE : Due.NOTHING;
    }
}
