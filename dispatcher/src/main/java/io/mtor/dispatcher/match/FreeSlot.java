// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.dispatcher.queue.Demand;
import io.mtor.dispatcher.queue.Repertoire;
import io.mtor.dispatcher.queue.Taker;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;

/**
 * A worker that asks the line for its next intent.
 *
 * @param alone true if one that is to have no company may be it
 */
record FreeSlot(Worker worker, Fleet fleet, boolean alone) implements Taker {

    @Override
    public Repertoire repertoire() {
        return worker.repertoire();
    }

    @Override
    public boolean mayServe(Demand demand) {
        return fleet.mayServe(worker, demand);
    }

    @Override
    public boolean mayTake(Ticket ticket) {
        return (alone || !ticket.isAlone()) && fleet.mayTake(worker, ticket);
    }
}
