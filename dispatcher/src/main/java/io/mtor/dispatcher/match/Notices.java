// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.bus.GatewayBound.Waiting;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Standing;
import io.mtor.dispatcher.queue.Ticket;

/** Words what a {@link Matchmaker} has decided, and counts it. */
final class Notices {

    private final Outbox outbox;
    private final Counters counters;

    Notices(Outbox outbox, Counters counters) {
        this.outbox = outbox;
        this.counters = counters;
    }

    void assign(Ticket ticket, WorkerId to, long now) {
        counters.assigned(ticket.queryType());
        outbox.assign(to, ticket.place(), ticket.ttlMillis(now), ticket.waitedMillis());
    }

    /** Tells the worker that may have it, if there is one, to stop. */
    void cancel(Ticket ticket) {
        WorkerId worker = ticket.assignedTo();
        if (worker != null) {
            outbox.cancel(
                    worker,
                    new Cancel(
                            ticket.key(),
                            ticket.place().attempt(),
                            ticket.place().gateway()));
        }
    }

    void reject(Ticket ticket, Rejected refusal) {
        counters.rejected(refusal);
        outbox.tell(ticket.place().gateway(), refusal);
    }

    /**
     * Says where it stands.
     *
     * @param last the end of the line, for one whose position has not been worked out
     */
    void waiting(Ticket ticket, int last, long now) {
        Standing standing = ticket.standing();
        int position = standing.position() > 0 ? standing.position() : last;
        ticket.tell(standing, now);
        outbox.tell(
                ticket.place().gateway(),
                new Waiting(ticket.key(), ticket.place().attempt(), position, standing.etaMillis()));
    }
}
