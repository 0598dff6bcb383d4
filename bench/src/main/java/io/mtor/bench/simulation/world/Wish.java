// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;

/**
 * What a user is going to want.
 *
 * @param number unique in its world
 * @param atMillis when it is sent
 * @param workMillis how long a worker of usual speed takes
 * @param pieces in how many pieces the answer comes
 */
public record Wish(
        long number,
        long atMillis,
        String user,
        QueryType type,
        long workMillis,
        int pieces,
        long ttlMillis,
        Manner manner) {

    static final long NEVER = -1;

    /**
     * How it is sent and what becomes of its user.
     *
     * @param cancelAfterMillis when the user cancels it, from sending; {@link #NEVER} if not
     * @param awayMillis for how long a detached intent is left alone, its user being away; 0 if not
     * @param forsaken true if the user closes the tab soon after and never comes back
     * @param poison true if it kills every process that begins it
     */
    public record Manner(
            boolean streamed,
            long cancelAfterMillis,
            long awayMillis,
            boolean forsaken,
            boolean poison,
            boolean picture,
            Privacy privacy) {

        public static final Manner PLAIN = new Manner(true, NEVER, 0, false, false, false, Privacy.ANY);

        public boolean detach() {
            return awayMillis > 0;
        }
    }

    /** A poison or forsaken intent owes nobody a result. */
    public boolean mayFail() {
        return manner.poison || manner.cancelAfterMillis != NEVER;
    }
}
