// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.admission;

import java.util.Arrays;

/**
 * Lets at most so many in within any second, and tells each of the others when its turn may be.
 *
 * <p>It remembers when each of the last so many came in: the next may when the oldest of them is a second ago. So the
 * limit holds for every second there is, however the clock's own seconds lie, and a crowd that comes at once is let in
 * at once up to the limit.
 *
 * <p>Those turned away get turns one after the other, as many in a second as may come in, so that they do not all come
 * again in the same second. A turn is advice, not a place that is kept.
 *
 * <p>Not thread-safe. Times are milliseconds that never go back.
 */
public final class Pace {

    /** Nobody is sent away for longer, in milliseconds: who makes a crowd of his own must not shut the others out. */
    static final long MAX_WAIT = 10_000;

    private static final long SECOND = 1_000;
    private static final long MICROS = 1_000;
    private static final long LONG_AGO = Long.MIN_VALUE / 2 / MICROS;

    private final long[] cameIn;
    private int oldest;
    private long lastTurnMicros = LONG_AGO * MICROS;

    public Pace(int perSecond) {
        cameIn = new long[perSecond];
        Arrays.fill(cameIn, LONG_AGO);
    }

    /** Lets one in: 0 if it may come now, otherwise after how many milliseconds it should come again. */
    public long take(long now) {
        long room = cameIn[oldest] + SECOND;
        if (room > now) {
            long turn = Math.max(room * MICROS, lastTurnMicros + SECOND * MICROS / cameIn.length);
            lastTurnMicros = Math.min(turn, (now + MAX_WAIT) * MICROS);
            return Math.ceilDiv(lastTurnMicros - now * MICROS, MICROS);
        }
        cameIn[oldest] = now;
        oldest = (oldest + 1) % cameIn.length;
        return 0;
    }
}
