// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.QueryType;
import java.util.Map;

/**
 * What a dispatcher holds now, and what it has done since its start.
 *
 * @param waiting intents in the line, by query type
 * @param unanswered intents assigned to a worker that has not accepted yet
 * @param workers workers that are known
 * @param slots slots of all of them
 * @param freeSlots slots that could be assigned now
 * @param placed messages asking to place an intent, repeated ones included
 * @param assigned intents sent to workers, repeated ones included
 * @param accepted intents accepted by workers
 * @param parked intents that had to wait
 * @param withdrawn intents that were taken back
 * @param refused intents that a worker refused
 * @param suspected times a worker did not accept in time
 * @param rejected intents rejected, by code
 */
public record DispatcherStats(
        Map<QueryType, Integer> waiting,
        int unanswered,
        int workers,
        int slots,
        int freeSlots,
        long placed,
        long assigned,
        long accepted,
        long parked,
        long withdrawn,
        long refused,
        long suspected,
        Map<ErrorCode, Long> rejected) {

    public static final DispatcherStats NONE = new DispatcherStats(Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of());

    public DispatcherStats {
        waiting = Map.copyOf(waiting);
        rejected = Map.copyOf(rejected);
    }
}
