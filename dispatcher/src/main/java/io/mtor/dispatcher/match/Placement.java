// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Demand;
import io.mtor.dispatcher.queue.FairQueue;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The intents that are here, and the moves they make: to a worker, into the line, away. */
final class Placement {

    private final Fleet fleet;
    private final FairQueue queue;
    private final Notices notices;
    private final Map<IntentKey, Ticket> tickets = new LinkedHashMap<>();

    Placement(Fleet fleet, FairQueue queue, Notices notices) {
        this.fleet = fleet;
        this.queue = queue;
        this.notices = notices;
    }

    @Nullable
    Ticket find(IntentKey key) {
        return tickets.get(key);
    }

    /** The one of this key, if it is assigned to this worker. */
    @Nullable
    Ticket assigned(IntentKey key, WorkerId worker) {
        Ticket ticket = tickets.get(key);
        return ticket != null && ticket.isAssignedTo(worker) ? ticket : null;
    }

    /** All that are here now; moving one does not disturb the list. */
    List<Ticket> all() {
        return List.copyOf(tickets.values());
    }

    int size() {
        return tickets.size();
    }

    /** Gives it to a worker that is free for it, if there is one. */
    boolean assignIfPossible(Ticket ticket, long now) {
        Worker worker = ticket.ttlMillis(now) > 0 ? fleet.pick(ticket) : null;
        if (worker == null) {
            return false;
        }
        assign(ticket, worker, now);
        return true;
    }

    private void assign(Ticket ticket, Worker worker, long now) {
        tickets.put(ticket.key(), ticket);
        ticket.assign(worker.id(), now);
        if (ticket.isAlone()) {
            worker.claimAlone(ticket.key(), now);
        } else {
            worker.claim(ticket.key(), now);
        }
        notices.assign(ticket, worker.id(), now);
    }

    void letWait(Ticket ticket, long now) {
        tickets.put(ticket.key(), ticket);
        queue.add(ticket, now);
    }

    void reject(Ticket ticket, Rejected refusal) {
        tickets.remove(ticket.key());
        notices.reject(ticket, refusal);
    }

    /** A worker has it. */
    void handedOver(Ticket ticket, long now) {
        tickets.remove(ticket.key());
        queue.remove(ticket, now);
    }

    /** Forgets an intent that goes on elsewhere or not at all; a worker that may have it is told to stop. */
    void forget(Ticket ticket, long now) {
        handedOver(ticket, now);
        notices.cancel(ticket);
    }

    /** Finds another worker for an intent whose worker did not take it, or puts it back where its turn is. */
    void placeAgain(Ticket ticket, long now) {
        ticket.unassign();
        if (ticket.ttlMillis(now) <= 0) {
            reject(ticket, Admission.late(ticket));
        } else if (!assignIfPossible(ticket, now)) {
            queue.addAgain(ticket, now);
        }
    }

    /** Finds others for what a worker had been assigned and has not acknowledged. */
    void placeElsewhere(Worker worker, List<IntentKey> claims, long now) {
        for (IntentKey key : claims) {
            Ticket ticket = assigned(key, worker.id());
            if (ticket != null) {
                ticket.sentTo(worker.id());
                ticket.exclude(worker.id());
                placeAgain(ticket, now);
            }
        }
    }

    /** Gives a worker all it can take now. */
    void settle(Worker worker, long now) {
        fleet.refresh(worker, now);
        beginAlone(worker, now);
        while (worker.available() > 0) {
            Ticket ticket = next(worker, now);
            if (ticket == null) {
                break;
            }
            assign(ticket, worker, now);
        }
        rematch(now);
    }

    /** What is to have no company goes to a worker that has none, and when others have had their time; or if none waits. */
    private @Nullable Ticket next(Worker worker, long now) {
        boolean idle = worker.isIdle();
        Ticket ticket = queue.next(new FreeSlot(worker, fleet, idle && !worker.owesCompany(now)), now);
        return ticket == null && idle ? queue.next(new FreeSlot(worker, fleet, true), now) : ticket;
    }

    /** A worker that is kept for a suspect has spoken: perhaps it can begin it now. It refuses if not, and says when. */
    private void beginAlone(Worker worker, long now) {
        IntentKey key = worker.keptFor();
        Ticket ticket = key == null ? null : tickets.get(key);
        if (ticket != null && ticket.isWaiting() && worker.isAlmostIdle()) {
            queue.remove(ticket, now);
            assign(ticket, worker, now);
            fleet.refresh(worker, now);
        }
    }

    /** What exclusion or the precedence of real workers kept from a free worker may be its own after a loss. */
    void rematch(long now) {
        if (!fleet.hasShrunk() || queue.isEmpty()) {
            return;
        }
        for (Demand demand : queue.demands()) {
            for (Worker worker : fleet.free(demand)) {
                settle(worker, now);
            }
        }
    }
}
