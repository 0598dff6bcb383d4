// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.simulation.dispatch.Workloads.Shape;
import io.mtor.bench.simulation.world.Wish;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The product's own processes in virtual time, against one queue that knows everything at once and has no delays. */
class OursTest {

    private static final int COUNT = 20_000;
    private static final int LONG_COUNT = 60_000;
    private static final int SEEDS = 3;
    private static final int DISPATCHERS = 4;

    /** Everybody their own user, or all one user: then fairness changes no order and the ideal is comparable. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWaitHardlyLongerThanTheIdealWithFourTypesAndFlexibleWorkers(boolean oneUser) {
        double mean = 0;
        double p99 = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Workload load = Workloads.of(Shape.FOUR_TYPES, 0.95, LONG_COUNT, seed);
            Waits ideal = new Central(false).run(load).from(load.warmUp());

            Waits ours = new Ours(DISPATCHERS, List.of())
                    .run(oneUser ? byOneUser(load) : load)
                    .from(load.warmUp());

            mean += ours.meanMillis() / ideal.meanMillis() / SEEDS;
            p99 += ours.percentileMillis(99) / ideal.percentileMillis(99) / SEEDS;
        }
        System.out.printf("four types at 0.95, one user %s: mean %.3f, p99 %.3f x ideal%n", oneUser, mean, p99);
        assertThat(mean).as("mean wait, to ideal").isLessThan(1.05);
        assertThat(p99).as("p99 wait, to ideal").isLessThan(1.05);
    }

    @Test
    void shouldNeverBeRefusedWhileOneDispatcherPlaces() {
        var ours = new Ours(DISPATCHERS, List.of());

        ours.run(Workloads.of(Shape.ONE_SLOT, 0.9, 8_000, 5));

        assertThat(ours.stats().refused()).isZero();
        assertThat(ours.errors()).isZero();
    }

    @Test
    void shouldChooseTheFastestOfUnequalWorkers() {
        Workload load = Workloads.of(Shape.UNEQUAL, 0.7, COUNT, 7);
        Waits ideal = new Central(false).run(load).from(load.warmUp());
        var ours = new Ours(DISPATCHERS, List.of());

        Waits waits = ours.run(load).from(load.warmUp());

        // The ideal knows each worker's speed from the start; a matchmaker has to learn it.
        assertThat(waits.meanMillis() - ideal.meanMillis()).isLessThan(100);
        assertThat(ours.begunAt("w0")).isGreaterThan(3 * ours.begunAt("w2"));
    }

    @Test
    void shouldLetAFloodOfOneUserDelayTheOthersHardly() {
        long at = 20_000;
        Workload load = Workloads.flooded(Workloads.of(Shape.ONE_TYPE, 0.5, 3_000, 11), 50, 1_000, at);
        IntPredicate others = number -> isDuringFlood(load.wishes().get(number), at);

        Waits ours = new Ours(DISPATCHERS, List.of()).run(load).only(others);
        Waits ideal = new Central(true).run(load).only(others);

        System.out.printf(
                "a flood of 1,000: the others' p99 wait %.0f ms, ideal %.0f ms%n",
                ours.percentileMillis(99), ideal.percentileMillis(99));
        assertThat(ours.percentileMillis(99)).isLessThan(2 * ideal.percentileMillis(99));
        assertThat(ours.meanMillis()).isLessThan(300);
    }

    @Test
    void shouldKeepWorkAwayFromAWorkerThatFailsAtOnce() {
        int count = 1_200;
        var ours = new Ours(DISPATCHERS, List.of("w0"));

        ours.run(Workloads.of(Shape.ONE_TYPE, 0.7, count, 13));

        System.out.printf("a worker that fails in 1 ms began %d of %d%n", ours.begunAt("w0"), count);
        assertThat(ours.begunAt("w0")).isBetween(1L, count / 100L);
        assertThat(ours.errors()).isZero();
    }

    private static Workload byOneUser(Workload load) {
        return load.with(load.wishes().stream()
                .map(wish -> Workloads.wish(wish.number(), wish.atMillis(), "u", wish.type(), wish.workMillis()))
                .toList());
    }

    private static boolean isDuringFlood(Wish wish, long at) {
        return !wish.user().equals("flooder") && wish.atMillis() > at && wish.atMillis() < at + 75_000;
    }
}
