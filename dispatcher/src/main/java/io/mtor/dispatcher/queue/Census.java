// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How many wait: all in all, by query type, by user, and what they weigh. */
public final class Census {

    private final Map<QueryType, Integer> byType = new TreeMap<>();
    private final Map<UserId, Integer> byUser = new HashMap<>();
    private int total;
    private long bytes;

    void add(Ticket ticket) {
        count(ticket, 1);
    }

    void remove(Ticket ticket) {
        count(ticket, -1);
    }

    private void count(Ticket ticket, int step) {
        total += step;
        bytes += step * ticket.weight();
        add(byType, ticket.queryType(), step);
        add(byUser, ticket.user(), step);
    }

    private static <K> void add(Map<K, Integer> counts, K key, int step) {
        counts.compute(key, (k, count) -> {
            int sum = (count == null ? 0 : count) + step;
            return sum == 0 ? null : sum;
        });
    }

    public int total() {
        return total;
    }

    public long bytes() {
        return bytes;
    }

    public int of(QueryType type) {
        return byType.getOrDefault(type, 0);
    }

    public int of(UserId user) {
        return byUser.getOrDefault(user, 0);
    }

    public Map<QueryType, Integer> byType() {
        return Collections.unmodifiableMap(byType);
    }
}
