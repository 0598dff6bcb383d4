// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.dispatcher.testing.Traffic.Arrival;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bound that nobody can beat by much: one queue that knows every slot at every moment, without any delay. First
 * come, first served over all query types; or, fairly, one user after another.
 */
public final class Central {

    private record End(long at, int machine) {}

    private final List<Machine> machines;
    private final boolean fair;
    private final int[] free;
    private final PriorityQueue<End> ends = new PriorityQueue<>(Comparator.comparingLong(End::at));
    private final Map<String, Deque<Arrival>> waiting = new LinkedHashMap<>();
    private final Map<Long, Long> started = new HashMap<>();

    private Central(List<Machine> machines, boolean fair) {
        this.machines = machines;
        this.fair = fair;
        this.free = machines.stream().mapToInt(Machine::slots).toArray();
    }

    public static Waits firstComeFirstServed(List<Machine> machines, List<Arrival> arrivals) {
        return new Central(machines, false).run(arrivals);
    }

    /** All machines must serve everything. */
    public static Waits userAfterUser(List<Machine> machines, List<Arrival> arrivals) {
        return new Central(machines, true).run(arrivals);
    }

    private Waits run(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            endUntil(arrival.atNanos());
            int machine = best(arrival);
            if (machine >= 0) {
                start(arrival, machine, arrival.atNanos());
            } else {
                String line = fair ? arrival.user() : arrival.type().value();
                waiting.computeIfAbsent(line, l -> new ArrayDeque<>()).add(arrival);
            }
        }
        endUntil(Long.MAX_VALUE);
        long[] waits = new long[arrivals.size()];
        Arrays.setAll(waits, i -> {
            Arrival arrival = arrivals.get(i);
            Long at = started.get(arrival.number());
            return at == null ? -1 : at - arrival.atNanos();
        });
        return new Waits(waits);
    }

    private void endUntil(long now) {
        while (!ends.isEmpty() && ends.peek().at <= now) {
            End end = ends.remove();
            free[end.machine]++;
            Arrival next = next(machines.get(end.machine));
            if (next != null) {
                start(next, end.machine, end.at);
            }
        }
    }

    private @Nullable Arrival next(Machine machine) {
        String best = null;
        long oldest = Long.MAX_VALUE;
        for (var line : waiting.entrySet()) {
            Arrival head = line.getValue().getFirst();
            if (machine.types().contains(head.type()) && (fair || head.number() < oldest)) {
                best = line.getKey();
                oldest = head.number();
                if (fair) {
                    break;
                }
            }
        }
        if (best == null) {
            return null;
        }
        Deque<Arrival> line = waiting.remove(best);
        Arrival next = line == null ? null : line.removeFirst();
        if (line != null && !line.isEmpty()) {
            waiting.put(best, line);
        }
        return next;
    }

    private int best(Arrival arrival) {
        int best = -1;
        for (int i = 0; i < free.length; i++) {
            if (free[i] > 0 && machines.get(i).types().contains(arrival.type()) && (best < 0 || isBetter(i, best))) {
                best = i;
            }
        }
        return best;
    }

    private boolean isBetter(int a, int b) {
        List<Integer> order = new ArrayList<>();
        order.add(Integer.compare(
                machines.get(a).types().size(), machines.get(b).types().size()));
        order.add(Double.compare(machines.get(a).slowness(), machines.get(b).slowness()));
        order.add(Integer.compare(free[b], free[a]));
        return order.stream().filter(o -> o != 0).findFirst().orElse(1) < 0;
    }

    private void start(Arrival arrival, int machine, long now) {
        free[machine]--;
        started.put(arrival.number(), now);
        ends.add(new End(
                now + Math.round(arrival.workNanos() * machines.get(machine).slowness()), machine));
    }
}
