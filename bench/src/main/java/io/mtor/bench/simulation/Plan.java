// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.world.Chance;
import io.mtor.bench.simulation.world.Fault;
import io.mtor.bench.simulation.world.FaultKind;
import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import io.mtor.bench.simulation.world.Wish.Manner;
import io.mtor.bench.simulation.world.World;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * All that is going to happen in one world: who is there, what users want, what goes wrong. Drawn from a seed, or a part of
 * what was drawn.
 *
 * <p>Each seed has some kinds of faults and lacks others (swarm testing; Groce et al., 2012): a world with everything at
 * once hides what two faults do together.
 *
 * @param rough true if the network is never quite reliable
 * @param healsAtMillis from when on no fault begins
 * @param endsAtMillis when the last wish comes
 */
public record Plan(
        long seed,
        World.Size size,
        List<Host> hosts,
        List<Wish> wishes,
        List<Fault> faults,
        boolean rough,
        long healsAtMillis,
        long endsAtMillis) {

    private static final double MEAN_WORK_MILLIS = 700;
    private static final long FIRST_MILLIS = 2_500;
    private static final long CALM_MILLIS = 75_000;
    private static final int CROWD = 150;
    private static final int LEAVERS = 3;

    public Plan {
        hosts = List.copyOf(hosts);
        wishes = List.copyOf(wishes);
        faults = List.copyOf(faults);
    }

    /** True if no message is lost, nobody who has to know of a death dies or is cut off, and no client changes gateways. */
    boolean isHeard() {
        return !rough
                && faults.stream().noneMatch(fault -> switch (fault.kind()) {
                    case LOSS, DELAY, DUPLICATION, DISORDER, PARTITION, ONE_WAY, FLAPPING, CRASH, LEAVE, PAUSE, SLOW ->
                        true;
                    case RESET, HALF_OPEN -> true;
                    case NO_MONITORS, MODEL_FAILS, MODEL_HANGS, FAILS_FAST, POISON, SLOW_READER -> false;
                    case FORGERY, FLASH_CROWD -> false;
                });
    }

    /** The same world with only these wishes and faults. */
    Plan with(List<Wish> fewerWishes, List<Fault> fewerFaults) {
        return new Plan(seed, size, hosts, fewerWishes, fewerFaults, rough, healsAtMillis, endsAtMillis);
    }

    /** Draws a world with about so many intents. */
    public static Plan draw(long seed, int intents) {
        return new Drawing(seed, intents).plan();
    }

    private static final class Drawing {

        private static final List<QueryType> TYPES =
                List.of(QueryType.CHAT, QueryType.VISION, QueryType.IMAGINE, QueryType.SPEAK);

        /** Of all intents, by type. */
        private static final double[] SHARES = {0.6, 0.15, 0.1, 0.15};

        private final long seed;
        private final int intents;
        private final SplittableRandom random;
        private final Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        private final List<Host> hosts = new ArrayList<>();
        private final List<Wish> wishes = new ArrayList<>();
        private final int users;

        Drawing(long seed, int intents) {
            this.seed = seed;
            this.intents = intents;
            this.random = Chance.of(seed, "plan");
            this.users = 20 + random.nextInt(100);
        }

        Plan plan() {
            for (FaultKind kind : FaultKind.values()) {
                if (random.nextInt(3) == 0) {
                    kinds.add(kind);
                }
            }
            var size = new World.Size(1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(2));
            drawHosts();
            double perMilli = (0.25 + random.nextDouble() * 0.35) * bottleneck() / MEAN_WORK_MILLIS;
            double at = FIRST_MILLIS;
            for (int number = 0; number < intents; number++) {
                at -= Math.log(1 - random.nextDouble()) / perMilli;
                wishes.add(wish(number, Math.round(at)));
            }
            long end = Math.round(at);
            long heal = Math.max(FIRST_MILLIS, end - CALM_MILLIS);
            List<Fault> faults = drawFaults(heal);
            specialWishes(faults, heal);
            wishes.sort(Comparator.comparingLong(Wish::atMillis));
            return new Plan(seed, size, hosts, wishes, faults, random.nextInt(3) == 0, heal, end);
        }

        /** Every query type has two hosts at least. */
        private void drawHosts() {
            int count = 3 + random.nextInt(9);
            for (int i = 0; i < count; i++) {
                List<QueryType> types = new ArrayList<>();
                for (int type = 0; type < TYPES.size(); type++) {
                    if (i < 2 || random.nextInt(3) == 0) {
                        types.add(TYPES.get(type));
                    }
                }
                if (types.isEmpty()) {
                    types.add(QueryType.CHAT);
                }
                Trust trust = i >= 2 && random.nextInt(3) == 0
                        ? Trust.VOLUNTEER
                        : random.nextBoolean() ? Trust.OWN : Trust.TRUSTED;
                double slowness = 0.5 + random.nextDouble();
                hosts.add(new Host("w" + i, 1 + random.nextInt(4), types, trust, slowness));
            }
        }

        /** The slots that keep up with the mix of types: of every set of types, those who serve any of it (Hall, 1935). */
        private double bottleneck() {
            double least = Double.MAX_VALUE;
            for (int set = 1; set < 1 << TYPES.size(); set++) {
                double slots = 0;
                for (Host host : hosts) {
                    slots += host.trust() != Trust.VOLUNTEER && serves(host, set) ? host.slots() / host.slowness() : 0;
                }
                double share = 0;
                for (int type = 0; type < TYPES.size(); type++) {
                    share += (set >> type & 1) * SHARES[type];
                }
                least = Math.min(least, slots / share);
            }
            return least;
        }

        private static boolean serves(Host host, int set) {
            return host.types().stream().anyMatch(type -> (set >> TYPES.indexOf(type) & 1) == 1);
        }

        private Wish wish(long number, long at) {
            SplittableRandom own = Chance.of(seed, "wish", number);
            var manner = new Manner(
                    own.nextInt(6) > 0,
                    own.nextInt(30) == 0 ? own.nextLong(2_500) : -1,
                    own.nextInt(60) == 0 ? own.nextLong(1_000, 40_000) : 0,
                    false,
                    false,
                    own.nextInt(40) == 0,
                    own.nextBoolean() ? Privacy.TRUSTED : Privacy.ANY);
            return new Wish(
                    number,
                    at,
                    manner.detach() ? "away" + number : "u" + own.nextInt(users),
                    type(own),
                    Math.max(5, Math.round(MEAN_WORK_MILLIS * Math.exp(own.nextGaussian() - 0.5))),
                    1 + own.nextInt(own.nextInt(40) == 0 ? 400 : 12),
                    20_000 + own.nextLong(100_000),
                    manner);
        }

        private static QueryType type(SplittableRandom own) {
            double left = own.nextDouble();
            int type = 0;
            while (type < SHARES.length - 1 && left >= SHARES[type]) {
                left -= SHARES[type++];
            }
            return TYPES.get(type);
        }

        private List<Fault> drawFaults(long heal) {
            List<Fault> faults = new ArrayList<>();
            for (FaultKind kind : kinds) {
                long at = FIRST_MILLIS;
                while (true) {
                    at += random.nextLong(1_000, 2 * everyMillis(kind));
                    long lasts = lasts(kind);
                    if (at + Math.min(lasts, 30_000) >= heal) {
                        break;
                    }
                    faults.add(new Fault(kind, at, Math.min(lasts, heal - at), random.nextLong()));
                }
            }
            faults.sort(Comparator.comparingLong(Fault::atMillis));
            return faults;
        }

        private static long everyMillis(FaultKind kind) {
            return switch (kind) {
                case CRASH, LEAVE -> 6_000;
                case PAUSE, SLOW, MODEL_FAILS, MODEL_HANGS -> 9_000;
                case NO_MONITORS, PARTITION, ONE_WAY, FLAPPING, POISON, FLASH_CROWD -> 30_000;
                case LOSS, DUPLICATION, DELAY, DISORDER, FAILS_FAST, RESET, HALF_OPEN, SLOW_READER, FORGERY -> 12_000;
            };
        }

        private long lasts(FaultKind kind) {
            return switch (kind) {
                case PAUSE -> random.nextInt(3) == 0 ? random.nextLong(5_000, 15_000) : random.nextLong(200, 4_500);
                case PARTITION, ONE_WAY, FLAPPING -> random.nextLong(1_000, 25_000);
                case CRASH, NO_MONITORS, LEAVE, POISON, FLASH_CROWD -> 0;
                default -> random.nextLong(2_000, 15_000);
            };
        }

        /** Crowds, poison, and users who leave for ever: they come as wishes. */
        private void specialWishes(List<Fault> faults, long heal) {
            long number = 1_000_000;
            for (Fault fault : faults) {
                if (fault.kind() == FaultKind.POISON) {
                    wishes.add(special(number++, fault.atMillis(), "poisoner", true));
                } else if (fault.kind() == FaultKind.FLASH_CROWD) {
                    boolean one = random.nextBoolean();
                    for (int i = 0; i < CROWD; i++) {
                        wishes.add(special(number++, fault.atMillis() + i, one ? "crowd" : "crowd" + i, false));
                    }
                }
            }
            for (int i = 0; i < LEAVERS && heal > FIRST_MILLIS; i++) {
                Wish plain = wish(number++, FIRST_MILLIS + random.nextLong(heal - FIRST_MILLIS));
                wishes.add(forsaken(plain, "leaver" + i));
            }
        }

        private Wish special(long number, long at, String user, boolean poison) {
            Wish plain = wish(number, at);
            var manner = new Manner(true, -1, 0, false, poison, false, Privacy.ANY);
            return new Wish(
                    number, at, user, plain.type(), plain.workMillis(), plain.pieces(), plain.ttlMillis(), manner);
        }

        private static Wish forsaken(Wish plain, String user) {
            var manner = new Manner(true, -1, 0, true, false, false, Privacy.ANY);
            return new Wish(
                    plain.number(),
                    plain.atMillis(),
                    user,
                    plain.type(),
                    plain.workMillis(),
                    plain.pieces(),
                    plain.ttlMillis(),
                    manner);
        }
    }
}
