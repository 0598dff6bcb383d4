// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

/**
 * Whether this process has been awake, by its own ticks; milliseconds.
 *
 * <p>After a standstill what others sent meanwhile is found in buffers, and the first tick may come before it, behind it
 * or in its midst. So for a while after the tick that ends a standstill everything that comes may be as old as that.
 */
final class Wakefulness {

    private final WorkerLimits limits;

    private long ticked;

    /** When the last standstill began, and until when what it left may still come. */
    private long began;

    private long settledAt;

    private boolean stale;

    Wakefulness(WorkerLimits limits, long now) {
        this.limits = limits;
        this.ticked = now;
        this.settledAt = now;
    }

    /** Returns how long the standstill was that ends now; 0 if there was none. */
    long tick(long now) {
        long gap = now - ticked;
        boolean overslept = gap > limits.oversleptMillis();
        if (overslept) {
            began = lastAwake();
            stale = now - began > limits.staleMillis();
            settledAt = now + limits.settleMillis();
        }
        ticked = now;
        return overslept ? gap : 0;
    }

    /** By the last tick before which nothing can have been left lying. */
    private long lastAwake() {
        return ticked < settledAt ? began : ticked;
    }

    /** How old what comes now may be without our having noticed; 0 if we have been awake. */
    long deafMillis(long now) {
        if (now < settledAt) {
            return now - began;
        }
        return now - ticked > limits.oversleptMillis() ? now - lastAwake() : 0;
    }

    /** True if what comes now may be so old that somebody else has been given it. */
    boolean isStale(long now) {
        return (now < settledAt && stale) || now - ticked > limits.staleMillis();
    }
}
