// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.GatewayBound.Failed;
import io.mtor.common.bus.GatewayBound.UnknownIntent;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.edge.EdgeMessage.FromHost;
import io.mtor.common.edge.EdgeMessage.ToDispatcher;
import io.mtor.common.edge.EdgeMessage.ToGateway;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import java.util.HashMap;
import java.util.Map;

/**
 * What the workers of one host were given through one connection and have not ended, as it went by here: nobody has more free
 * slots than that leaves, whatever it says. An intent of which it only reports that it has ended, and not how, counts still;
 * one whose time is over does not.
 *
 * <p>Not thread-safe: the gateway's event loop, which passes the time in (milliseconds, never going back).
 */
final class InHand {

    /** When the time of each is over. */
    private final Map<WorkerId, Map<IntentKey, Long>> open = new HashMap<>();

    /** Takes what a worker is told. */
    void told(WorkerId worker, WorkerBound message, long now) {
        switch (message) {
            case Assign assign ->
                open.computeIfAbsent(worker, first -> new HashMap<>())
                        .put(assign.intent().key(), now + assign.ttlMillis());
            case Cancel cancel -> end(worker, cancel.key());
            default -> {}
        }
    }

    /** Takes what the host says. */
    void said(FromHost message) {
        switch (message) {
            case ToGateway(var to, Completed done) -> end(done.worker(), done.key());
            case ToGateway(var to, Failed failed) -> end(failed.worker(), failed.key());
            case ToGateway(var to, UnknownIntent unknown) -> end(unknown.worker(), unknown.key());
            case ToDispatcher(var to, Refused refused) -> end(refused.worker(), refused.key());
            default -> {}
        }
    }

    private void end(WorkerId worker, IntentKey key) {
        Map<IntentKey, Long> its = open.get(worker);
        if (its != null) {
            its.remove(key);
        }
    }

    int count(WorkerId worker, long now) {
        Map<IntentKey, Long> its = open.getOrDefault(worker, Map.of());
        its.values().removeIf(over -> over <= now);
        return its.size();
    }
}
