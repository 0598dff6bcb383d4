// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How long intents waited from their arrival until a model server began them, in nanoseconds; negative if it never did. */
public final class Waits {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;
    private final long[] byNumber;

    Waits(long[] byNumber) {
        this.byNumber = byNumber.clone();
        this.sorted = Arrays.stream(byNumber).filter(wait -> wait >= 0).sorted().toArray();
    }

    /** Those of the intents whose numbers are so. */
    public Waits only(IntPredicate which) {
        return new Waits(IntStream.range(0, byNumber.length)
                .filter(which)
                .mapToLong(i -> byNumber[i])
                .toArray());
    }

    /** Without the first so many. */
    public Waits from(int first) {
        return only(number -> number >= first);
    }

    public int count() {
        return sorted.length;
    }

    public double meanMillis() {
        return Arrays.stream(sorted).average().orElse(0) / NANOS_PER_MILLI;
    }

    public double percentileMillis(double percent) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * percent / 100)] / NANOS_PER_MILLI;
    }
}
