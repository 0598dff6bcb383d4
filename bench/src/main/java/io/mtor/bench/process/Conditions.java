// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must become true. */
public final class Conditions {

    private static final long POLL_NANOS = 5_000_000;

    private Conditions() {}

    /**
     * Waits until it is so, and says how long that took, in milliseconds.
     *
     * @param what says in the failure what was awaited
     * @throws IllegalStateException when the limit is reached
     */
    public static double await(String what, Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return (System.nanoTime() - start) / 1e6;
    }

    /** Lets time pass. */
    public static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
