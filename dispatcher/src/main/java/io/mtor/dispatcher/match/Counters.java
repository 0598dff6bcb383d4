// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.select.Fleet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a matchmaker has done since its start. */
final class Counters {

    long placed;
    long assigned;
    long accepted;
    long parked;
    long withdrawn;
    long refused;
    long unanswered;
    private final Map<QueryType, long[]> assignedByType = new HashMap<>();
    private final Map<ErrorCode, Long> rejected = new EnumMap<>(ErrorCode.class);

    /** Only what workers serve is assigned, so there are never more types than announced ones. */
    void assigned(QueryType type) {
        assigned++;
        assignedByType.computeIfAbsent(type, first -> new long[1])[0]++;
    }

    Set<QueryType> typesAssigned() {
        return assignedByType.keySet();
    }

    long assignedOf(QueryType type) {
        long[] count = assignedByType.get(type);
        return count == null ? 0 : count[0];
    }

    void rejected(Rejected what) {
        rejected.merge(what.code(), 1L, Long::sum);
    }

    DispatcherStats stats(Map<QueryType, Integer> waiting, int held, Fleet fleet) {
        int waitingAll = waiting.values().stream().mapToInt(Integer::intValue).sum();
        return new DispatcherStats(
                waiting,
                held - waitingAll,
                fleet.workers().size(),
                fleet.slots(),
                fleet.freeSlots(),
                placed,
                assigned,
                accepted,
                parked,
                withdrawn,
                refused,
                unanswered,
                rejected);
    }
}
