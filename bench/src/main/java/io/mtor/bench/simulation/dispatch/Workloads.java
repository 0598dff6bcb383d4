// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import static io.mtor.common.protocol.QueryType.CHAT;
import static io.mtor.common.protocol.QueryType.IMAGINE;
import static io.mtor.common.protocol.QueryType.SPEAK;
import static io.mtor.common.protocol.QueryType.VISION;

import io.mtor.bench.simulation.world.Chance;
import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Generated workloads: Poisson arrivals, lognormal work with the spread of language models' answers (sigma 1). */
public final class Workloads {

    /** A shape of a realm. */
    public enum Shape {
        /** One query type, 20 workers with 4 slots. */
        ONE_TYPE,
        /** One query type, 20 workers with 1 slot, as Ollama has by default. */
        ONE_SLOT,
        /** One query type, workers that take 0.4, 1 and 1.8 times as long. */
        UNEQUAL,
        /** Four query types, 40 workers with 2 slots of which many serve two types. */
        FOUR_TYPES;

        private List<Kind> kinds() {
            return this == FOUR_TYPES
                    ? List.of(
                            new Kind(CHAT, 0.6, 3_000),
                            new Kind(VISION, 0.15, 4_000),
                            new Kind(IMAGINE, 0.1, 8_000),
                            new Kind(SPEAK, 0.15, 600))
                    : List.of(new Kind(CHAT, 1, 3_000));
        }

        List<Host> hosts() {
            List<Host> hosts = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                switch (this) {
                    case ONE_TYPE -> hosts.add(host("w" + i, 4, 1, CHAT));
                    case ONE_SLOT -> hosts.add(host("w" + i, 1, 1, CHAT));
                    case UNEQUAL -> hosts.add(host("w" + i, 4, SLOWNESSES[i % SLOWNESSES.length], CHAT));
                    case FOUR_TYPES -> {
                        if (i < 8) {
                            hosts.add(host("a" + i, 2, 1, CHAT));
                            hosts.add(host("b" + i, 2, 1, CHAT, VISION));
                            hosts.add(host("c" + i, 2, 1, IMAGINE));
                            hosts.add(host("d" + i, 2, 1, VISION, IMAGINE));
                            hosts.add(host("e" + i, 2, 1, SPEAK, CHAT));
                        }
                    }
                }
            }
            return hosts;
        }
    }

    private record Kind(QueryType type, double share, double meanMillis) {}

    private static final double[] SLOWNESSES = {0.4, 1.0, 1.8};
    private static final double SIGMA = 1;
    /** Model servers that are silent for long are taken for hung. */
    private static final long PIECE_MILLIS = 4_000;

    private static final int WARM_UP_SHARE = 10;

    private Workloads() {}

    private static Host host(String name, int slots, double slowness, QueryType... types) {
        return new Host(name, slots, List.of(types), Trust.OWN, slowness);
    }

    /**
     * So many intents, each of a user of its own.
     *
     * @param load the share of time that the slots would be busy, above 0 and below 1 for a line that does not grow for ever
     */
    public static Workload of(Shape shape, double load, int count, long seed) {
        List<Host> hosts = shape.hosts();
        double slots = hosts.stream()
                .mapToDouble(host -> host.slots() / host.slowness())
                .sum();
        double meanWork = shape.kinds().stream()
                .mapToDouble(kind -> kind.share * kind.meanMillis)
                .sum();
        SplittableRandom random = Chance.of(seed, shape.name());
        List<Wish> wishes = new ArrayList<>(count);
        double at = 0;
        for (int i = 0; i < count; i++) {
            at -= Math.log(1 - random.nextDouble()) * meanWork / (load * slots);
            Kind kind = draw(random, shape.kinds());
            wishes.add(wish(i, Math.round(at), "u" + i, kind.type, kind.meanMillis * lognormal(random)));
        }
        String name = shape.name().toLowerCase(Locale.ROOT).replace('_', '-') + " at " + load;
        return new Workload(name, hosts, wishes, count / WARM_UP_SHARE);
    }

    /** The same, as one of {@code users} users each, while one more user sends {@code flood} intents at one moment. */
    public static Workload flooded(Workload load, int users, int flood, long atMillis) {
        QueryType type = load.wishes().getFirst().type();
        SplittableRandom random = Chance.of(atMillis, "flood");
        List<Wish> all = new ArrayList<>();
        for (Wish wish : load.wishes()) {
            all.add(wish(0, wish.atMillis(), "u" + wish.number() % users, wish.type(), (double) wish.workMillis()));
        }
        for (int i = 0; i < flood; i++) {
            all.add(wish(0, atMillis, "flooder", type, 3_000 * lognormal(random)));
        }
        all.sort(Comparator.comparingLong(Wish::atMillis));
        return load.with(numbered(all));
    }

    /** In their order, numbered from 0. */
    static List<Wish> numbered(List<Wish> wishes) {
        Wish[] numbered = new Wish[wishes.size()];
        Arrays.setAll(numbered, i -> {
            Wish wish = wishes.get(i);
            return wish(i, wish.atMillis(), wish.user(), wish.type(), (double) wish.workMillis());
        });
        return List.of(numbered);
    }

    static Wish wish(long number, long atMillis, String user, QueryType type, double workMillis) {
        long work = Math.max(2, Math.round(workMillis));
        int pieces = (int) (1 + work / PIECE_MILLIS);
        return new Wish(number, atMillis, user, type, work, pieces, Long.MAX_VALUE, Wish.Manner.PLAIN);
    }

    /** Lognormal with mean 1. */
    private static double lognormal(SplittableRandom random) {
        return Math.exp(SIGMA * random.nextGaussian() - SIGMA * SIGMA / 2);
    }

    private static Kind draw(SplittableRandom random, List<Kind> kinds) {
        double left = random.nextDouble();
        for (Kind kind : kinds) {
            left -= kind.share;
            if (left < 0) {
                return kind;
            }
        }
        return kinds.getLast();
    }
}
