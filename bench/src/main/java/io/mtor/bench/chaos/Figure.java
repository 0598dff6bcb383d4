// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.Series;
import java.util.Collection;
import java.util.Locale;

/**
 * Something that was measured, beside what it should be.
 *
 * @param target for people
 * @param sorted the samples, from the smallest to the largest
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Figure(String what, String unit, String target, long[] sorted) {

    static Figure millis(String what, String target, Collection<Double> samples) {
        long[] micros = samples.stream()
                .mapToLong(millis -> Math.round(millis * 1_000))
                .sorted()
                .toArray();
        return new Figure(what, "ms", target, micros);
    }

    static Figure value(String what, String unit, String target, double value) {
        return new Figure(what, unit, target, new long[] {Math.round(value * 1_000)});
    }

    int count() {
        return sorted.length;
    }

    double median() {
        return Series.percentile(sorted, 0.5) / 1_000;
    }

    double p99() {
        return Series.percentile(sorted, 0.99) / 1_000;
    }

    double max() {
        return Series.percentile(sorted, 1) / 1_000;
    }

    @Override
    public String toString() {
        if (count() == 0) {
            return what + ": nothing was measured";
        }
        String target = this.target.isEmpty() ? "" : "   (target " + this.target + ")";
        if (count() == 1) {
            return String.format(Locale.ROOT, "%s: %,.1f %s%s", what, max(), unit, target);
        }
        return String.format(
                Locale.ROOT,
                "%s: median %,.0f, p99 %,.0f, max %,.0f %s of %d%s",
                what,
                median(),
                p99(),
                max(),
                unit,
                count(),
                target);
    }
}
