// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.select.Fleet;
import java.util.EnumMap;
import java.util.Map;

/** What a matchmaker has done since its start. */
final class Counters {

    long placed;
    long assigned;
    long accepted;
    long parked;
    long withdrawn;
    long refused;
    long unanswered;
    private final Map<ErrorCode, Long> rejected = new EnumMap<>(ErrorCode.class);

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
