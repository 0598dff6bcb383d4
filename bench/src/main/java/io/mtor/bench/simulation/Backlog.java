// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import io.mtor.bench.simulation.world.Host;
import io.mtor.bench.simulation.world.Wish;
import io.mtor.common.protocol.QueryType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long the lines are in the best of worlds: one where no fault ever strikes and every slot always works.
 *
 * <p>For a set of query types, the work that is left when a wish comes is what was left before, less what the hosts that
 * serve any of them have done since (Lindley, The Theory of Queues with a Single Server, 1952). The set that has to wait
 * longest decides (Hall, 1935).
 */
record Backlog(List<Host> hosts, List<Wish> wishes) {

    Backlog(Plan plan) {
        this(plan.hosts(), plan.wishes());
    }

    /** How long a wish would wait there for its turn, in milliseconds; in line, as a fair queue may let it wait. */
    double waitMillis(Wish wish) {
        List<QueryType> types =
                wishes.stream().map(Wish::type).distinct().sorted().toList();
        return IntStream.range(1, 1 << types.size())
                .mapToObj(set -> chosen(types, set))
                .filter(set -> set.contains(wish.type()))
                .mapToDouble(set -> waitMillis(set, wish.atMillis()))
                .max()
                .orElse(0);
    }

    private static Set<QueryType> chosen(List<QueryType> types, int set) {
        return IntStream.range(0, types.size())
                .filter(type -> (set >> type & 1) == 1)
                .mapToObj(types::get)
                .collect(Collectors.toSet());
    }

    private double waitMillis(Set<QueryType> types, long untilMillis) {
        double slots = hosts.stream()
                .filter(host -> host.types().stream().anyMatch(types::contains))
                .mapToDouble(host -> host.slots() / host.slowness())
                .sum();
        double left = 0;
        long at = 0;
        for (Wish wish : wishes) {
            if (wish.atMillis() >= untilMillis) {
                break;
            } else if (types.contains(wish.type())) {
                left = Math.max(0, left - slots * (wish.atMillis() - at)) + wish.workMillis();
                at = wish.atMillis();
            }
        }
        return Math.max(0, left - slots * (untilMillis - at)) / slots;
    }
}
