// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How long intents waited, by their number; negative for those that never began. */
public final class Waits {

    private final long[] nanos;

    Waits(long[] nanos) {
        this.nanos = nanos;
    }

    /** Those of the intents whose numbers are so. */
    public Waits only(IntPredicate which) {
        return new Waits(IntStream.range(0, nanos.length)
                .filter(which)
                .mapToLong(i -> nanos[i])
                .toArray());
    }

    public double meanMillis(int from) {
        return Arrays.stream(nanos, from, nanos.length)
                        .filter(n -> n >= 0)
                        .average()
                        .orElse(0)
                / 1e6;
    }

    public double percentileMillis(int from, double percent) {
        long[] sorted = Arrays.stream(nanos, from, nanos.length)
                .filter(n -> n >= 0)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }
}
