// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.protocol.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * Where an intent is, as far as its session knows; times are the session's own milliseconds.
 *
 * <pre>
 *   open ──► Placing ──waiting──► Waiting
 *               │  ▲                 │ │ silence, dispatcher gone
 *      accepted │  └─────────────────│─┘
 *               ▼                    │ accepted
 *            Running ◄───────────────┘
 *               │  worker lost, failed, no progress: attempt + 1, that worker excluded ──► Placing
 *               │  the same, while too many are retried ──► Held ── its turn ──► Placing
 *   resume ──► Resuming ── first sign of the worker ──► Running
 *               │  unknown there, or no answer: restart ──► Placing
 *   any ──► Over   result, error, cancel, deadline: the one terminal message;
 *                  moved to another gateway: it ends there
 *   Running ── moved to another gateway, or cancelled by somebody, but its client seems to be here ──► Resuming,
 *                  once that client gives a sign of life, or much later
 * </pre>
 */
sealed interface Phase {

    /** True while a dispatcher has it. */
    default boolean isPlacement() {
        return this instanceof Placing || this instanceof Waiting;
    }

    /** True while it is, or may be, with this worker. */
    default boolean isWith(WorkerId worker) {
        return this instanceof AtWorker at && at.worker().equals(worker);
    }

    /** How long no dispatcher has had it, as far as is known, in milliseconds; 0 if one or a worker has. */
    default long unplacedMillis(long now) {
        return switch (this) {
            case Placing placing -> now - placing.since;
            case Held held -> now - held.since;
            case Waiting w -> 0;
            case Running r -> 0;
            case Resuming r -> 0;
            case Over o -> 0;
        };
    }

    /** It is to be placed again, but too many are at once: it waits its turn here. */
    record Held(long since) implements Phase {}

    /** It is, or may be, with a worker. */
    sealed interface AtWorker extends Phase {
        WorkerId worker();
    }

    /** A dispatcher has been asked; no sign yet. */
    record Placing(long since, long sentAt) implements Phase {}

    /** It waits in a dispatcher's line. */
    record Waiting(long heardAt) implements Phase {}

    /**
     * A worker has it.
     *
     * @param heardAt the last sign of life
     * @param movedAt acceptance or the last piece
     * @param askedAt the last probe
     */
    record Running(WorkerId worker, long heardAt, long movedAt, long askedAt) implements AtWorker {

        static Running accepted(WorkerId worker, long now) {
            return new Running(worker, now, now, now);
        }

        Running heard(long now) {
            return new Running(worker, now, movedAt, askedAt);
        }

        Running moved(long now) {
            return new Running(worker, now, now, askedAt);
        }

        Running asked(long now) {
            return new Running(worker, heardAt, movedAt, now);
        }
    }

    /**
     * The worker that had it has been asked to go on to us.
     *
     * @param attempt the attempt that the client has seen pieces of; null if it did not say
     */
    record Resuming(WorkerId worker, @Nullable Integer attempt, long since, long sentAt) implements AtWorker {

        /** Longer than a dead connection stays unnoticed. */
        private static final long LEFT_MILLIS = 70_000;

        /** The worker answers another gateway; it is asked when that is too long ago. */
        static Resuming left(WorkerId worker, int attempt, long now) {
            return new Resuming(worker, attempt, now + LEFT_MILLIS, now + LEFT_MILLIS);
        }

        boolean isLeft(long now) {
            return since > now;
        }

        /** The worker is asked now and not later. */
        Resuming begun(long now) {
            return new Resuming(worker, attempt, now, now);
        }

        Resuming sentAgain(long now) {
            return new Resuming(worker, attempt, since, now);
        }
    }

    /** It has had its terminal message, or is another gateway's. */
    record Over(long since) implements Phase {}
}
