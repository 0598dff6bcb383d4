// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.protocol.QueryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated arrivals: Poisson in time, lognormal in work. */
public final class Traffic {

    /**
     * One intent to come.
     *
     * @param atNanos when it comes
     * @param workNanos how long a worker of usual speed takes
     */
    public record Arrival(long number, long atNanos, String user, QueryType type, long workNanos) {}

    /**
     * A kind of intents.
     *
     * @param share of all intents
     */
    public record Kind(QueryType type, double share, double meanSeconds) {}

    /** The spread of lognormal work: heavy enough that p99 is six times the mean. */
    private static final double SIGMA = 1;

    private static final double NANOS_PER_SECOND = 1e9;

    private Traffic() {}

    /** As many arrivals as keep so many slots busy for the given share of time; each from a user of its own. */
    public static List<Arrival> poisson(Random random, List<Kind> kinds, double busySlots, int count) {
        double meanWork =
                kinds.stream().mapToDouble(k -> k.share() * k.meanSeconds()).sum();
        double rate = busySlots / meanWork;
        List<Arrival> arrivals = new ArrayList<>(count);
        double seconds = 0;
        for (int i = 0; i < count; i++) {
            seconds -= Math.log(1 - random.nextDouble()) / rate;
            Kind kind = draw(random, kinds);
            long work = nanos(kind.meanSeconds() * lognormal(random));
            arrivals.add(new Arrival(i, nanos(seconds), "u" + i, kind.type(), work));
        }
        return arrivals;
    }

    /** Lognormal with mean 1. */
    public static double lognormal(Random random) {
        return Math.exp(SIGMA * random.nextGaussian() - SIGMA * SIGMA / 2);
    }

    public static long nanos(double seconds) {
        return Math.round(seconds * NANOS_PER_SECOND);
    }

    private static Kind draw(Random random, List<Kind> kinds) {
        double left = random.nextDouble();
        for (Kind kind : kinds) {
            left -= kind.share();
            if (left < 0) {
                return kind;
            }
        }
        return kinds.getLast();
    }
}
