// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

/**
 * How long nothing has been answered, although somebody was asked.
 *
 * <p>Only time counts that passes in ticks as they should come: whoever stood still finds the answers in its buffers.
 */
final class Silence {

    private static final long LONGEST_TICK_MILLIS = 300;

    private long millis;
    private long tickedAt;
    private boolean asked;

    /** Time has passed; to be called about every 100 ms. */
    void tick(boolean someAsked, long now) {
        millis = asked && someAsked ? millis + Math.min(now - tickedAt, LONGEST_TICK_MILLIS) : 0;
        asked = someAsked;
        tickedAt = now;
    }

    /** Something was answered. */
    void broken() {
        millis = 0;
    }

    long millis() {
        return millis;
    }
}
