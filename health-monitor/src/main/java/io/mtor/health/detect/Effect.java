// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.protocol.WorkerId;

/** What a {@link FailureDetector} wants done. */
public sealed interface Effect {

    /** Ask the worker whether it is there; {@code nonce} comes back in the pong. */
    record SendPing(WorkerId worker, long nonce) implements Effect {}

    /** Say to everybody what this worker is; the reason is for people. */
    record Judge(WorkerId worker, Health health, String reason) implements Effect {}

    /** Say again what has been said: whoever missed it must not believe something else for ever. */
    record Repeat(Judge verdict) implements Effect {}
}
