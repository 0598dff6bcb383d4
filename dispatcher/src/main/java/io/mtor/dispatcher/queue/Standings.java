// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.Priority;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out where in line everybody stands, by playing the line forward.
 *
 * <p>Two lanes are rivals if some worker serves both. For each set of rivals the order of service is played through as
 * one server would go about it, with the classes' shares and the users' turns as they are; an intent's position is its
 * number in that order. So it counts exactly those that compete for the same workers, in the order that the line really
 * uses, as far as that can be known without knowing which worker becomes free first. The estimate is the work ahead,
 * from the mean of each query type, divided by the slots that serve the intent.
 *
 * <p>A refresh plays at most {@code budget} intents; those behind are told the length of the line.
 */
public final class Standings {

    private final FairQueue queue;
    private final int budget;
    private Map<Demand, List<Demand>> rivals = new HashMap<>();

    public Standings(FairQueue queue, int budget) {
        this.queue = queue;
        this.budget = budget;
    }

    /** Gives each waiting intent its standing anew. */
    public void refresh(Servers servers) {
        rivals = new HashMap<>();
        int left = budget;
        for (Rivalry.Group group : new Rivalry(queue.lanes(), servers).groups()) {
            List<Demand> demands =
                    group.rivals().stream().map(lane -> lane.demand).toList();
            group.lanes().forEach(lane -> rivals.put(lane.demand, demands));
            left -= new Preview(group, servers).play(left);
        }
    }

    /**
     * How long an intent that comes now would wait, in milliseconds; null when that cannot be known well. Counts those
     * of its class that would go before it by turns, and of each other class what its share lets through meanwhile.
     */
    public @Nullable Double expectedWaitMillis(Ticket ticket, Servers servers) {
        int slots = servers.slots(ticket.demand());
        int[] waiting = new int[Shares.CLASSES];
        int[] flows = new int[Shares.CLASSES];
        int count = 0;
        double work = 0;
        for (Demand demand : rivals.getOrDefault(ticket.demand(), List.of(ticket.demand()))) {
            Lane lane = queue.lane(demand);
            if (lane == null) {
                continue;
            }
            Double mean = servers.meanMillis(demand.queryType());
            if (mean == null || slots == 0) {
                return null;
            }
            for (int each = 0; each < waiting.length; each++) {
                waiting[each] += lane.bands[each].size();
                flows[each] += lane.bands[each].flows.size();
            }
            count += lane.size();
            work += lane.size() * mean;
        }
        int own = queue.census().of(ticket.user());
        return count == 0 ? Double.valueOf(0) : ahead(ticket.priority(), own, waiting, flows) * work / count / slots;
    }

    private static double ahead(Priority priority, int own, int[] waiting, int[] flows) {
        int mine = Shares.classOf(priority);
        double rounds = Math.min(waiting[mine], (double) flows[mine] * (own + 1)) + 1;
        double ahead = 0;
        for (int each = 0; each < waiting.length; each++) {
            double passing = rounds * Shares.WEIGHTS[each] / Shares.WEIGHTS[mine];
            ahead += each == mine ? rounds : Math.min(waiting[each], passing);
        }
        return ahead;
    }
}
