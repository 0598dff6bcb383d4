// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

/**
 * When each piece of an answer is due: counted from the beginning, so that a piece that comes late makes none of those
 * after it late.
 *
 * @param millis from the beginning to the last piece; 0 has all of them due at once
 * @param pieces how many, evenly spread over that time
 */
record Rhythm(long millis, int pieces) {

    /**
     * Milliseconds until the next piece is due.
     *
     * @param made how many have been made
     * @param elapsedMillis the time since the beginning
     * @return 0 only if it is due together with the one before; one that is late waits for 1, so that it does not become one
     *     with the piece before it
     */
    long untilNext(int made, long elapsedMillis) {
        long due = millis * (made + 1) / pieces;
        return due == millis * made / pieces ? 0 : Math.max(1, due - elapsedMillis);
    }
}
