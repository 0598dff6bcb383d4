// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Waits for a condition, with a limit. */
public final class Await {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s in vain for " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** The first element of this kind that fits, as soon as it is in the list. */
    public static <T, K extends T> K first(List<T> list, Class<K> kind, Predicate<K> which) {
        until(kind.getSimpleName() + " among " + list.size() + " messages", () -> list.stream()
                .anyMatch(each -> kind.isInstance(each) && which.test(kind.cast(each))));
        return list.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .findFirst()
                .orElseThrow();
    }
}
