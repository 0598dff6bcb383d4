// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

/**
 * Keeps work away from a worker that fails, and lets it back in gradually.
 *
 * <pre>
 *              failed                       time is up
 *   closed ------------------&gt; open ------------------&gt; limited to 1
 *      ^                        ^                             |
 *      |                        '------------ failed ---------+
 *      '---- limit has reached the slots &lt;--- succeeded: limit doubles
 *                                              only doubted or not reached: limit doubles with time, too
 * </pre>
 *
 * <p>Each failure in a row doubles the time it stays open; to eight times the shortest at most where it is only not
 * reached, which is no failure of the worker. From the third in a row on, and when fewer than half of the
 * last {@value #WINDOW} intents succeeded, the worker is ejected: open for a while that grows with each ejection, until
 * it has done well for a whole window. Where too many are open at once the fault may not be theirs; then each gets one
 * intent after the shortest time all the same. One that takes an intent and gives no sign of it afterwards may only not be
 * reached, too; but that it accepts the next one is no excuse: it gets one each time it has been open, however
 * idle it says that it is, until one succeeds. A worker whose health has been doubted begins again limited to 1, as does
 * one that accepts again after it had not; they need not prove themselves by a success, for which their other slots might
 * idle for minutes: not to fail is enough. User errors and cancelled intents never come here.
 */
public final class Breaker {

    private static final int UNLIMITED = 1 << 20;
    private static final int IN_A_ROW = 3;
    private static final int WINDOW = 10;

    /** A network that is mended says so to nobody: until it is tried, a worker that is well again stands idle. */
    private static final int MAX_UNHEARD_DOUBLINGS = 3;

    private final long firstNanos;
    private final long maxNanos;
    private final long ejectionNanos;
    private final long maxEjectionNanos;

    private int limit = UNLIMITED;
    private int failures;
    private int ejections;
    private boolean ejected;
    private boolean open;
    private long opened;
    private long limited;

    /** True if all failures in a row were intents that it did not accept, or gave no sign of. */
    private boolean unheard;

    /** True if one of these was an intent that it had accepted. */
    private boolean silent;

    /** One bit for each of the last outcomes, the newest lowest; 1 is a success. */
    private int outcomes;

    private int seen;

    /** A closed one that ejects nobody. */
    public Breaker(long firstNanos, long maxNanos) {
        this(firstNanos, maxNanos, 0, 0);
    }

    /** A closed one. */
    public Breaker(long firstNanos, long maxNanos, long ejectionNanos, long maxEjectionNanos) {
        this.firstNanos = firstNanos;
        this.maxNanos = maxNanos;
        this.ejectionNanos = ejectionNanos;
        this.maxEjectionNanos = maxEjectionNanos;
    }

    /** How many intents the worker may have in flight; 0 while open. */
    public int limit() {
        return open ? 0 : limit;
    }

    public boolean isOpen() {
        return open;
    }

    /** Opens it, because the worker did not accept: it may be well, and only not be reached. Nothing is held against it. */
    public void unanswered(long now) {
        if (!open) {
            unheard = failures == 0 || unheard;
            open(now);
        }
    }

    /** Opens it, because the worker accepted an intent and its gateway heard nothing of it afterwards. */
    public void silent(long now) {
        unheard = failures == 0 || unheard;
        silent = true;
        open = true;
        opened = now;
        failures++;
    }

    /** The worker has accepted something: that it did not before counts no more. */
    public void answered(long now) {
        if (!open && silent) {
            open = true;
            opened = now;
        } else if (!open && unheard) {
            unheard = false;
            failures = 0;
            limited = now;
        }
    }

    /** Opens it. Failures of intents that were in flight when it opened are the same failure. */
    public void failed(long now) {
        unheard = false;
        if (open) {
            return;
        }
        open(now);
        note(0);
        ejected = failures >= IN_A_ROW || (seen == WINDOW && 2 * Integer.bitCount(outcomes) < WINDOW);
        if (ejected) {
            ejections++;
            seen = 0;
        }
    }

    private void open(long now) {
        open = true;
        opened = now;
        ejected = false;
        failures++;
    }

    public void succeeded() {
        if (open && !silent) {
            return;
        }
        open = false;
        silent = false;
        failures = 0;
        limit = Math.min(UNLIMITED, 2 * limit);
        note(1);
        if (seen == WINDOW && Integer.bitCount(outcomes) >= WINDOW - 1) {
            ejections = 0;
        }
    }

    private void note(int outcome) {
        outcomes = ((outcomes << 1) | outcome) & ((1 << WINDOW) - 1);
        seen = Math.min(seen + 1, WINDOW);
    }

    /** Lifts the ejection, not the breaker: there is nobody else. */
    public void pardon() {
        ejected = false;
    }

    /** Begins again with one intent at a time. */
    public void probe(long now) {
        limit = 1;
        limited = now;
    }

    /** Doubles the limit of a worker that has not failed, each time the shortest time it stays open has passed; true if so. */
    public boolean ease(long now) {
        if (open || failures > 0 || limit == UNLIMITED || now - limited < firstNanos) {
            return false;
        }
        limited = now;
        limit = Math.min(UNLIMITED, 2 * limit);
        return true;
    }

    /**
     * Half-opens it if its time is up; true if it did.
     *
     * @param panic true if so many are open that the fault may not be theirs
     */
    public boolean halfOpen(long now, boolean panic) {
        if (!open || now - opened < (panic ? firstNanos : openNanos())) {
            return false;
        }
        open = false;
        limit = 1;
        return true;
    }

    private long openNanos() {
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(firstNanos) - 2);
        if (unheard) {
            return Math.min(maxNanos, firstNanos << Math.min(doublings, MAX_UNHEARD_DOUBLINGS));
        }
        long closedAgain = Math.min(maxNanos, firstNanos << doublings);
        return ejected ? Math.max(closedAgain, Math.min(maxEjectionNanos, ejectionNanos * ejections)) : closedAgain;
    }
}
