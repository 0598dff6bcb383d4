// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.QueryType;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long intents of each query type take on average, over all workers; recent ones count more. */
public final class ServiceTimes {

    /** Fewer samples than this are no basis for an estimate. */
    public static final int TRUSTED_SAMPLES = 20;

    private static final int MAX_TYPES = 1024;

    private final Map<QueryType, Mean> means = new HashMap<>();

    /**
     * Takes one intent into account.
     *
     * @return by how many powers of two it took longer than usual
     */
    double add(QueryType type, long workMillis) {
        Mean mean = means.get(type);
        if (mean == null) {
            if (means.size() >= MAX_TYPES) {
                return 0;
            }
            mean = new Mean();
            means.put(type, mean);
        }
        return mean.add(workMillis);
    }

    /**
     * By how many powers of two an intent that was never done has taken longer than usual; 0 if it has not, or if what is usual
     * is not known. Who is so slow that users give up, or that their deadlines pass, would else never be seen to be slow.
     */
    double beyondUsual(QueryType type, long workMillis) {
        Mean mean = means.get(type);
        return mean == null || mean.samples < TRUSTED_SAMPLES ? 0 : Math.max(0, mean.difference(workMillis));
    }

    /** The mean in milliseconds; null when it is not known well enough. */
    public @Nullable Double meanMillis(QueryType type) {
        Mean mean = means.get(type);
        return mean == null || mean.samples < TRUSTED_SAMPLES ? null : mean.millis;
    }

    private static final class Mean {

        /** The weight of a new sample never falls below one in this many. */
        private static final int MEMORY = 200;

        private int samples;
        private double millis;
        private double magnitude;

        double add(long workMillis) {
            double weight = 1.0 / Math.min(++samples, MEMORY);
            double difference = difference(workMillis);
            millis += weight * (workMillis - millis);
            magnitude += weight * difference;
            return samples == 1 ? 0 : difference;
        }

        double difference(long workMillis) {
            return Math.log(Math.max(1.0, (double) workMillis)) / Math.log(2) - magnitude;
        }
    }
}
