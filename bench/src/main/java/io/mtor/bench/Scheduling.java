// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import io.mtor.bench.load.OpenLoop;
import io.mtor.bench.process.Child;
import io.mtor.bench.process.MtorProcess;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * How well waiting is shared out: eight workers of one slot, 85 % load, work times that differ as those of language
 * models do (lognormal, mean 60 ms, sigma 1), beside an ideal line: first come, first served by eight servers, without
 * any delay, computed from the same arrivals and work times.
 */
final class Scheduling {

    private static final int WORKERS = 8;
    private static final double LOAD = 0.85;
    private static final double MEAN_MILLIS = 60;
    private static final double SIGMA = 1;
    private static final int INTENTS = 4_450;
    private static final int WARM_UP = 200;

    private static final String SIMULATED = """
            [[agent.simulated]]
            query_type = "bench"
            count = %d
            slots = 1
            chunks = 1
            """.formatted(WORKERS);

    private Scheduling() {}

    static void measure(Report report, Effort effort) throws Exception {
        int port = MtorProcess.freePort();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (Child realm = MtorProcess.realm(port, SIMULATED)) {
            for (int round = 0; round < Math.max(1, effort.rounds() - 1); round++) {
                var load = OpenLoop.poisson(
                        INTENTS,
                        WORKERS * LOAD / MEAN_MILLIS,
                        Math.log(MEAN_MILLIS) - SIGMA * SIGMA / 2,
                        SIGMA,
                        7 + round);
                double before = realm.cpuSeconds();
                OpenLoop.Seen seen = new OpenLoop(vertx, port).run(load);
                report.add("scheduling/processor time", "µs/intent", (realm.cpuSeconds() - before) * 1e6 / INTENTS);
                double[] ideal = idealWaits(seen.sentMillis(), load.workMillis());
                compare(report, seen.waitMillis(load), ideal);
            }
        } finally {
            vertx.close();
        }
    }

    private static void compare(Report report, double[] waits, double[] ideal) {
        double[] measured = Arrays.copyOfRange(waits, WARM_UP, waits.length);
        double[] best = Arrays.copyOfRange(ideal, WARM_UP, ideal.length);
        report.add("scheduling/mean wait", "ms", mean(measured));
        report.add("scheduling/mean wait of the ideal line", "ms", mean(best));
        report.add("scheduling/mean wait, ratio to ideal", "", mean(measured) / mean(best));
        report.add("scheduling/99th percentile of the wait, ratio to ideal", "", p99(measured) / p99(best));
    }

    /** First come, first served by {@link #WORKERS} servers. */
    static double[] idealWaits(double[] arrivals, long[] work) {
        var freeAt = new PriorityQueue<Double>();
        for (int i = 0; i < WORKERS; i++) {
            freeAt.add(0.0);
        }
        double[] waits = new double[arrivals.length];
        for (int i = 0; i < arrivals.length; i++) {
            double start = Math.max(arrivals[i], freeAt.remove());
            waits[i] = start - arrivals[i];
            freeAt.add(start + work[i]);
        }
        return waits;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double p99(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * 0.99)];
    }
}
