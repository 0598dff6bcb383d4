// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.Operating.DispatcherPulse;
import io.mtor.common.bus.Operating.Line;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.queue.Ticket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The line by query type, counted when an operator asks. */
final class Lines {

    private final Map<QueryType, Line> lines = new TreeMap<>();

    private final Counters counters;

    private Lines(Counters counters) {
        this.counters = counters;
        counters.typesAssigned().forEach(type -> add(type, 0, 0));
    }

    /** What waits among these, and what was assigned of each type. */
    static List<Line> of(Collection<Ticket> tickets, Counters counters, long now) {
        var lines = new Lines(counters);
        for (Ticket ticket : tickets) {
            if (ticket.isWaiting()) {
                lines.add(ticket.queryType(), 1, TimeUnit.NANOSECONDS.toMillis(now - ticket.since()));
            }
        }
        return lines.lines.values().stream().limit(DispatcherPulse.MAX_LINES).toList();
    }

    private void add(QueryType type, int waiting, long waitedMillis) {
        Line before = lines.getOrDefault(type, new Line(type, 0, 0, counters.assignedOf(type)));
        lines.put(
                type,
                new Line(
                        type,
                        before.waiting() + waiting,
                        Math.max(before.oldestMillis(), waitedMillis),
                        before.assigned()));
    }
}
