// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.protocol.IntentKey;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Workers that are kept for intents that are to have no company, because another worker died with them.
 *
 * <p>Such an intent goes to an idle worker. Where none is idle, the one with the least to do gets nothing else until it
 * has taken it, which it does when all that it runs has begun to answer. So that the realm does
 * not stand still for it, no more than half of the workers that serve a demand are given up like that at a time, though
 * always one may be; and a worker that was, serves others for as long before it may be again, if others wait.
 */
final class Solitude {

    /** How many are looked at between two ticks. */
    private static final int LOOKS = 16;

    private final Fleet fleet;
    private final Placement placement;
    private final Map<IntentKey, Worker> kept = new LinkedHashMap<>();
    private int looks = LOOKS;

    Solitude(Fleet fleet, Placement placement) {
        this.fleet = fleet;
        this.placement = placement;
    }

    /** Gives back what is kept for nobody any more, or has become useless. */
    void tick(long now) {
        looks = LOOKS;
        for (Map.Entry<IntentKey, Worker> each : List.copyOf(kept.entrySet())) {
            IntentKey key = each.getKey();
            Worker worker = each.getValue();
            boolean there = worker.equals(fleet.get(worker.id()));
            if (there && worker.isGivenUpFor(key) && worker.isWorthKeeping() && placement.find(key) != null) {
                continue;
            }
            kept.remove(key);
            if (key.equals(worker.keptFor())) {
                worker.keepFor(null);
            }
            if (there) {
                placement.settle(worker, now);
            }
        }
    }

    /** It could not begin it yet: it is still kept, and says when it can. */
    void refused(Ticket ticket, Worker worker) {
        if (worker.equals(kept.get(ticket.key()))) {
            worker.keepFor(ticket.key());
        }
    }

    /** Keeps a worker for this intent, if it waits for one without company. */
    void look(Ticket ticket, long now) {
        if (!ticket.isAlone() || kept.containsKey(ticket.key()) || looks-- <= 0) {
            return;
        }
        Worker worker = fleet.toBeKeptFor(ticket, now);
        if (worker != null) {
            kept.put(ticket.key(), worker);
            worker.keepFor(ticket.key());
            placement.settle(worker, now);
        }
    }
}
