// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import java.util.Arrays;
import java.util.List;

/**
 * One figure, measured several times.
 *
 * @param unit such as "µs" or "intents/s"
 */
public record Series(String name, String unit, List<Double> values) {

    public Series {
        values = List.copyOf(values);
    }

    public double median() {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** The value below which this share of sorted samples lies. */
    public static double percentile(long[] sorted, double share) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))];
    }

    /** A sorted copy of the first {@code count} samples. */
    public static long[] sorted(long[] samples, int count) {
        long[] copy = Arrays.copyOf(samples, count);
        Arrays.sort(copy);
        return copy;
    }
}
