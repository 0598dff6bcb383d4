// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.turn;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among workers of which only one may work at a time.
 *
 * <p>The first who begins has it, for as many intents as it likes at once, until none of them runs any more. Whoever has it
 * for half a minute begins nothing new; and whoever has had it lets the others begin for half a second.
 *
 * <p>Thread-safe. Times are milliseconds that never go back.
 */
public final class Turn {

    static final long LONGEST_MILLIS = 30_000;

    static final long AFTER_YOU_MILLIS = 500;

    private @Nullable String holder;
    private int running;
    private long since;
    private @Nullable String last;
    private long afterYouUntil;

    /** Begins an intent; false if it may not. */
    public synchronized boolean enter(String worker, long now) {
        if (isClosedFor(worker, now)) {
            return false;
        }
        if (holder == null) {
            holder = worker;
            since = now;
        }
        running++;
        return true;
    }

    /** Who had it before this worker, which has just begun the first intent of its turn; null if nobody else did. */
    synchronized @Nullable String predecessor(String worker) {
        return running == 1 && !worker.equals(last) ? last : null;
    }

    /** An intent that was begun has ended. */
    public synchronized void leave(long now) {
        running--;
        if (running == 0) {
            last = holder;
            holder = null;
            afterYouUntil = now + AFTER_YOU_MILLIS;
        }
    }

    /** True if it may begin nothing now. */
    public synchronized boolean isClosedFor(String worker, long now) {
        if (holder == null) {
            return worker.equals(last) && now < afterYouUntil;
        }
        return !worker.equals(holder) || now - since >= LONGEST_MILLIS;
    }
}
