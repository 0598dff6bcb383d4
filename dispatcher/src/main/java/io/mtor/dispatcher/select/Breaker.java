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
 * </pre>
 *
 * <p>Each failure in a row doubles the time it stays open. A worker whose health has been doubted begins again limited
 * to 1. User errors and cancelled intents never come here.
 */
public final class Breaker {

    private static final int UNLIMITED = 1 << 20;

    private final long firstNanos;
    private final long maxNanos;

    private int limit = UNLIMITED;
    private int failures;
    private boolean open;
    private long opened;

    /** A closed one. */
    public Breaker(long firstNanos, long maxNanos) {
        this.firstNanos = firstNanos;
        this.maxNanos = maxNanos;
    }

    /** How many intents the worker may have in flight; 0 while open. */
    public int limit() {
        return open ? 0 : limit;
    }

    public boolean isOpen() {
        return open;
    }

    /** Opens it. Failures of intents that were in flight when it opened are the same failure. */
    public void failed(long now) {
        if (!open) {
            open = true;
            opened = now;
            failures++;
        }
    }

    public void succeeded() {
        if (!open) {
            failures = 0;
            limit = Math.min(UNLIMITED, 2 * limit);
        }
    }

    /** Begins again with one intent at a time. */
    public void probe() {
        limit = 1;
    }

    /** Half-opens it if its time is up; true if it did. */
    public boolean halfOpen(long now) {
        if (!open || now - opened < openNanos()) {
            return false;
        }
        open = false;
        limit = 1;
        return true;
    }

    private long openNanos() {
        int doublings = Math.min(failures - 1, Long.numberOfLeadingZeros(firstNanos) - 2);
        return Math.min(maxNanos, firstNanos << doublings);
    }
}
