// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static io.mtor.common.protocol.QueryType.CHAT;
import static io.mtor.common.protocol.QueryType.IMAGINE;
import static io.mtor.common.protocol.QueryType.SPEAK;
import static io.mtor.common.protocol.QueryType.VISION;
import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.config.Size;
import io.mtor.dispatcher.select.Caution;
import io.mtor.dispatcher.testing.Central;
import io.mtor.dispatcher.testing.Machine;
import io.mtor.dispatcher.testing.ModelRealm;
import io.mtor.dispatcher.testing.Traffic;
import io.mtor.dispatcher.testing.Traffic.Arrival;
import io.mtor.dispatcher.testing.Traffic.Kind;
import io.mtor.dispatcher.testing.Waits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real matchmaker in virtual time, against one queue that knows everything at once and has no delays. */
class SchedulingTest {

    private static final MatchRules ROOMY = new MatchRules(
            new LineLimits(1_000_000, 1_000_000, 1_000_000, Size.parse("4GiB")), Patience.DEFAULT, Caution.DEFAULT);

    private static final List<Kind> CHAT_ONLY = List.of(new Kind(CHAT, 1, 3));
    private static final int COUNT = 30_000;
    private static final int WARM_UP = 3_000;
    private static final int SEEDS = 3;

    /** Everybody their own user, or all one user: then fairness changes no order and the ideal is comparable. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWaitHardlyLongerThanTheIdealWithFourTypesAndFlexibleWorkers(boolean oneUser) {
        List<Machine> machines = flexible();
        var kinds = List.of(
                new Kind(CHAT, 0.6, 3),
                new Kind(VISION, 0.15, 4),
                new Kind(IMAGINE, 0.1, 8),
                new Kind(SPEAK, 0.15, 0.6));
        double mean = 0;
        double p99 = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            List<Arrival> arrivals = Traffic.poisson(new Random(seed), kinds, 0.95 * 80, COUNT);
            Waits ideal = Central.firstComeFirstServed(machines, arrivals);

            Waits ours = new ModelRealm(ROOMY, machines).run(oneUser ? byOneUser(arrivals) : arrivals);

            mean += ours.meanMillis(WARM_UP) / ideal.meanMillis(WARM_UP) / SEEDS;
            p99 += ours.percentileMillis(WARM_UP, 99) / ideal.percentileMillis(WARM_UP, 99) / SEEDS;
        }
        assertThat(mean).as("mean wait, to ideal").isLessThan(1.05);
        assertThat(p99).as("p99 wait, to ideal").isLessThan(1.05);
    }

    @Test
    void shouldNeverBeRefusedWhileItIsAlone() {
        var realm = new ModelRealm(ROOMY, flexible());

        realm.run(Traffic.poisson(new Random(5), CHAT_ONLY, 0.9 * 48, 10_000));

        assertThat(realm.refusals).isZero();
    }

    @Test
    void shouldChooseTheFastestOfUnequalWorkers() {
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            machines.add(
                    Machine.of("w" + i, 4, CHAT).slowness(List.of(0.4, 1.0, 1.8).get(i % 3)));
        }
        List<Arrival> arrivals = Traffic.poisson(new Random(7), CHAT_ONLY, 60, COUNT);
        Waits ideal = Central.firstComeFirstServed(machines, arrivals);
        var realm = new ModelRealm(ROOMY, machines);

        Waits ours = realm.run(arrivals);

        // The ideal knows each worker's speed from the start; a matchmaker has to learn it.
        assertThat(ours.meanMillis(WARM_UP) - ideal.meanMillis(WARM_UP)).isLessThan(100);
        assertThat(realm.begunBy("w0")).isGreaterThan(3 * realm.begunBy("w2"));
    }

    @Test
    void shouldLetAFloodOfOneUserDelayTheOthersHardly() {
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            machines.add(Machine.of("w" + i, 4, CHAT));
        }
        List<Arrival> arrivals = new ArrayList<>();
        for (Arrival each : Traffic.poisson(new Random(11), CHAT_ONLY, 0.5 * 80, 3_000)) {
            arrivals.add(by("u" + each.number() % 50, each));
        }
        long flood = Traffic.nanos(20);
        var random = new Random(12);
        for (int i = 0; i < 1_000; i++) {
            arrivals.add(new Arrival(10_000 + i, flood, "flooder", CHAT, Traffic.nanos(3 * Traffic.lognormal(random))));
        }
        arrivals.sort(Comparator.comparingLong(Arrival::atNanos));

        Waits ours = new ModelRealm(ROOMY, machines).run(arrivals);
        Waits ideal = Central.userAfterUser(machines, arrivals);

        Waits others = ours.only(i -> isDuringFlood(arrivals.get(i), flood));
        Waits othersAtBest = ideal.only(i -> isDuringFlood(arrivals.get(i), flood));
        assertThat(others.percentileMillis(0, 99)).isLessThan(2 * othersAtBest.percentileMillis(0, 99));
        assertThat(others.meanMillis(0)).isLessThan(300);
    }

    @Test
    void shouldKeepWorkAwayFromAWorkerThatFailsAtOnce() {
        List<Machine> machines = new ArrayList<>();
        machines.add(Machine.of("broken", 4, CHAT).failingAfter(1_000_000));
        for (int i = 0; i < 19; i++) {
            machines.add(Machine.of("w" + i, 4, CHAT));
        }
        int count = 1_200;
        var realm = new ModelRealm(ROOMY, machines);

        realm.run(Traffic.poisson(new Random(13), CHAT_ONLY, 0.7 * 80, count));

        assertThat(realm.begunBy("broken")).isBetween(1, count / 100);
        assertThat(realm.rejections).isZero();
    }

    /** Two slots each: chat; chat and vision; imagine; vision and imagine; speak and chat. */
    private static List<Machine> flexible() {
        List<Machine> machines = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            machines.add(Machine.of("a" + i, 2, CHAT));
            machines.add(Machine.of("b" + i, 2, CHAT, VISION));
            machines.add(Machine.of("c" + i, 2, IMAGINE));
            machines.add(Machine.of("d" + i, 2, VISION, IMAGINE));
            machines.add(Machine.of("e" + i, 2, SPEAK, CHAT));
        }
        return machines;
    }

    private static List<Arrival> byOneUser(List<Arrival> arrivals) {
        return arrivals.stream().map(each -> by("u", each)).toList();
    }

    private static Arrival by(String user, Arrival each) {
        return new Arrival(each.number(), each.atNanos(), user, each.type(), each.workNanos());
    }

    private static boolean isDuringFlood(Arrival arrival, long flood) {
        return !arrival.user().equals("flooder")
                && arrival.atNanos() > flood
                && arrival.atNanos() < flood + Traffic.nanos(75);
    }
}
