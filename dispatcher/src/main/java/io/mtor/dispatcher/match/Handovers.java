// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which worker has taken which attempt a moment ago. A gateway that has not heard of it asks for it again, and so does
 * the gateway that its client has gone to meanwhile; a second worker would do the same work once more.
 */
final class Handovers {

    static final int MAX = 20_000;
    private static final long KEEP_NANOS = 10_000_000_000L;

    private record Handover(int attempt, WorkerId worker, long at) {}

    /** Oldest first. */
    private final Map<IntentKey, Handover> lately = new LinkedHashMap<>();

    private final Fleet fleet;

    Handovers(Fleet fleet) {
        this.fleet = fleet;
    }

    void note(Ticket ticket, WorkerId worker, long now) {
        lately.remove(ticket.key());
        lately.put(ticket.key(), new Handover(ticket.place().attempt(), worker, now));
        for (var oldest = lately.values().iterator(); oldest.hasNext(); ) {
            boolean isOld = now - oldest.next().at > KEEP_NANOS;
            if (!isOld && lately.size() <= MAX) {
                break;
            }
            oldest.remove();
        }
    }

    int size() {
        return lately.size();
    }

    /** The worker that has it and is well, which will say so again; null if it should be placed as any other. */
    @Nullable
    WorkerId takerOf(Place place, long now) {
        Handover last = lately.get(place.intent().key());
        if (last == null || last.attempt != place.attempt() || now - last.at > KEEP_NANOS) {
            return null;
        }
        Worker worker = fleet.get(last.worker);
        boolean isWell = worker != null && worker.health() == Health.HEALTHY && !worker.isSuspected();
        return isWell ? last.worker : null;
    }
}
