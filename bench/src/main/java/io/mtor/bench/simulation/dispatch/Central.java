// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import io.mtor.bench.simulation.world.Agenda;
import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bound that nobody can beat by much: one queue that knows every slot at every moment, without any delay. First come,
 * first served over all query types; or, fairly, one user after another, for which all hosts must serve everything.
 */
public record Central(boolean fair) implements Policy {

    @Override
    public String name() {
        return fair ? "ideal, fair" : "ideal";
    }

    @Override
    public Waits run(Workload load) {
        return new Run(load.hosts(), fair).run(load.wishes());
    }

    private record End(long at, int host) {}

    private static final class Run {
        private final List<Host> hosts;
        private final boolean fair;
        private final int[] free;
        private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparingLong(End::at));
        private final Map<String, Deque<Wish>> waiting = new LinkedHashMap<>();
        private long[] waits = {};

        Run(List<Host> hosts, boolean fair) {
            this.hosts = hosts;
            this.fair = fair;
            this.free = hosts.stream().mapToInt(Host::slots).toArray();
        }

        Waits run(List<Wish> wishes) {
            waits = new long[wishes.size()];
            Arrays.fill(waits, -1);
            for (Wish wish : wishes) {
                long now = wish.atMillis() * Agenda.MILLI;
                endUntil(now);
                int host = best(wish);
                if (host >= 0) {
                    start(wish, host, now);
                } else {
                    String line = fair ? wish.user() : wish.type().value();
                    waiting.computeIfAbsent(line, l -> new ArrayDeque<>()).add(wish);
                }
            }
            endUntil(Long.MAX_VALUE);
            return new Waits(waits);
        }

        private void endUntil(long now) {
            while (!ends.isEmpty() && ends.peek().at <= now) {
                End end = ends.remove();
                free[end.host]++;
                Wish next = next(hosts.get(end.host));
                if (next != null) {
                    start(next, end.host, end.at);
                }
            }
        }

        private @Nullable Wish next(Host host) {
            String best = null;
            long oldest = Long.MAX_VALUE;
            for (var line : waiting.entrySet()) {
                Wish head = line.getValue().getFirst();
                if (host.types().contains(head.type()) && (fair ? best == null : head.number() < oldest)) {
                    best = line.getKey();
                    oldest = head.number();
                }
            }
            Deque<Wish> line = best == null ? null : waiting.remove(best);
            if (best == null || line == null) {
                return null;
            }
            Wish next = line.removeFirst();
            if (!line.isEmpty()) {
                waiting.put(best, line);
            }
            return next;
        }

        /** Fewest query types first, then the fastest, then the one with most free slots. */
        private int best(Wish wish) {
            int best = -1;
            for (int i = 0; i < free.length; i++) {
                if (free[i] > 0 && hosts.get(i).types().contains(wish.type()) && (best < 0 || isBetter(i, best))) {
                    best = i;
                }
            }
            return best;
        }

        private boolean isBetter(int one, int other) {
            int types = Integer.compare(
                    hosts.get(one).types().size(), hosts.get(other).types().size());
            if (types != 0) {
                return types < 0;
            }
            int slowness =
                    Double.compare(hosts.get(one).slowness(), hosts.get(other).slowness());
            return slowness != 0 ? slowness < 0 : free[one] > free[other];
        }

        private void start(Wish wish, int host, long now) {
            free[host]--;
            waits[(int) wish.number()] = now - wish.atMillis() * Agenda.MILLI;
            double work = wish.workMillis() * hosts.get(host).slowness() * Agenda.MILLI;
            ends.add(new End(now + Math.round(work), host));
        }
    }
}
