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
 *   resume ──► Resuming ── first sign of the worker ──► Running
 *               │  unknown there, or no answer: restart ──► Placing
 *   any ──► Over   result, error, cancel, deadline: the one terminal message
 * </pre>
 */
sealed interface Phase {

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
    record Running(WorkerId worker, long acceptedAt, long heardAt, long movedAt, long askedAt) implements Phase {

        static Running accepted(WorkerId worker, long now) {
            return new Running(worker, now, now, now, now);
        }

        Running heard(long now) {
            return new Running(worker, acceptedAt, now, movedAt, askedAt);
        }

        Running moved(long now) {
            return new Running(worker, acceptedAt, now, now, askedAt);
        }

        Running asked(long now) {
            return new Running(worker, acceptedAt, heardAt, movedAt, now);
        }
    }

    /**
     * The worker that had it has been asked to go on to us.
     *
     * @param attempt the attempt that the client has seen pieces of; null if it did not say
     */
    record Resuming(WorkerId worker, @Nullable Integer attempt, long since, long sentAt) implements Phase {

        Resuming sentAgain(long now) {
            return new Resuming(worker, attempt, since, now);
        }
    }

    /** It has had its terminal message. */
    record Over() implements Phase {}
}
