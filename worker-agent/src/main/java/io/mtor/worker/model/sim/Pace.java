// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

/**
 * When each piece of an answer is due: counted from the beginning, so that a piece that comes late makes none of those
 * after it late.
 *
 * @param millis from the beginning to the last piece; 0 has all of them due at once
 * @param pieces how many, evenly spread over that time
 */
record Pace(long millis, int pieces) {

    /**
     * Milliseconds until the next piece is due.
     *
     * @param made how many have been made
     * @param elapsedMillis the time since the beginning
     * @return 0 if it is due, or late
     */
    long untilNext(int made, long elapsedMillis) {
        return Math.max(0, millis * (made + 1) / pieces - elapsedMillis);
    }
}
