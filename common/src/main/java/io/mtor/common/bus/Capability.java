// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.Bytes;
import java.security.MessageDigest;

/**
 * Proof that a worker was given an intent: a gateway mints it, the worker shows it in all that it answers, and nobody
 * else can make one. Only the gateway that minted it can tell whether it is genuine.
 *
 * @param attempt the attempt that it is good for; 0 for every attempt at the one worker that was asked to go on
 */
public record Capability(int attempt, Bytes proof) {

    /** Compares in a time that says nothing of where the two differ. */
    public boolean isSameAs(Capability other) {
        return attempt == other.attempt && MessageDigest.isEqual(proof.array(), other.proof.array());
    }

    /** True if the worker was asked to go on with what it has: it says nothing of who gets a new attempt. */
    public boolean isOnlyForGoingOn() {
        return attempt == 0;
    }

    /** Never the proof: who has it may answer. */
    @Override
    public String toString() {
        return "capability for attempt " + attempt;
    }
}
