// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import io.mtor.bench.simulation.world.Agenda;
import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * What most others do: an intent is sent to a worker at once, and waits there if that one is busy. Several dispatchers
 * take turns and know only what they sent themselves.
 */
public record EarlyBinding(Choice choice, int dispatchers) implements Policy {

    /** Which of the workers that serve it. */
    public enum Choice {
        RANDOM,
        ROUND_ROBIN,
        /** The one with the fewest of this dispatcher's intents. */
        LEAST_OUTSTANDING,
        /** The better of two drawn at random, by the same measure (Mitzenmacher, 2001). */
        TWO_CHOICES
    }

    @Override
    public String name() {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public Waits run(Workload load) {
        return new Run(load).run();
    }

    private record End(long at, int host, int dispatcher) implements Comparable<End> {
        @Override
        public int compareTo(End other) {
            return Long.compare(at, other.at);
        }
    }

    private final class Run {
        private final Workload load;
        private final SplittableRandom random = new SplittableRandom(1);
        private final PriorityQueue<End> ends = new PriorityQueue<>();
        private final List<PriorityQueue<Long>> freeAt = new ArrayList<>();
        private final int[][] outstanding;
        private final int[] turn;

        Run(Workload load) {
            this.load = load;
            this.outstanding = new int[dispatchers][load.hosts().size()];
            this.turn = new int[dispatchers];
            for (Host host : load.hosts()) {
                var slots = new PriorityQueue<Long>();
                for (int slot = 0; slot < host.slots(); slot++) {
                    slots.add(0L);
                }
                freeAt.add(slots);
            }
        }

        Waits run() {
            long[] waits = new long[load.wishes().size()];
            for (Wish wish : load.wishes()) {
                long now = wish.atMillis() * Agenda.MILLI;
                while (!ends.isEmpty() && ends.peek().at <= now) {
                    End end = ends.remove();
                    outstanding[end.dispatcher][end.host]--;
                }
                int dispatcher = (int) (wish.number() % dispatchers);
                int host = choose(wish, dispatcher);
                long begin = Math.max(now, freeAt.get(host).remove());
                double work = wish.workMillis() * load.hosts().get(host).slowness() * Agenda.MILLI;
                freeAt.get(host).add(begin + Math.round(work));
                ends.add(new End(begin + Math.round(work), host, dispatcher));
                outstanding[dispatcher][host]++;
                waits[(int) wish.number()] = begin - now;
            }
            return new Waits(waits);
        }

        private int choose(Wish wish, int dispatcher) {
            int[] serving = serving(wish);
            int[] mine = outstanding[dispatcher];
            return switch (choice) {
                case RANDOM -> serving[random.nextInt(serving.length)];
                case ROUND_ROBIN -> serving[turn[dispatcher]++ % serving.length];
                case LEAST_OUTSTANDING -> least(serving, mine);
                case TWO_CHOICES -> {
                    int one = serving[random.nextInt(serving.length)];
                    int other = serving[random.nextInt(serving.length)];
                    yield perSlot(mine, one) <= perSlot(mine, other) ? one : other;
                }
            };
        }

        private int[] serving(Wish wish) {
            int[] serving = new int[freeAt.size()];
            int count = 0;
            for (int host = 0; host < serving.length; host++) {
                if (load.hosts().get(host).types().contains(wish.type())) {
                    serving[count++] = host;
                }
            }
            return Arrays.copyOf(serving, count);
        }

        private int least(int[] serving, int[] mine) {
            int best = serving[random.nextInt(serving.length)];
            for (int host : serving) {
                if (perSlot(mine, host) < perSlot(mine, best)) {
                    best = host;
                }
            }
            return best;
        }

        private double perSlot(int[] mine, int host) {
            return mine[host] / (double) load.hosts().get(host).slots();
        }
    }
}
