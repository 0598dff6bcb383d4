// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.UserId;
import java.util.LinkedHashSet;

/**
 * What one user has waiting in one class for one demand, oldest first. It takes part in the line with its head; the
 * rest comes when the head is gone. Ordered by turn; a flow must be out of its band while its turn or head changes.
 */
final class Flow implements Comparable<Flow> {

    final Lane lane;
    final UserId user;
    final LinkedHashSet<Ticket> tickets = new LinkedHashSet<>();

    /** True for an intent that came back: it stands by itself, with the turn it had. */
    final boolean single;

    long turn;
    private long order;

    Flow(Lane lane, Ticket first, boolean single) {
        this.lane = lane;
        this.user = first.user();
        this.single = single;
        this.turn = first.turn;
        this.order = first.order();
        tickets.add(first);
    }

    Ticket head() {
        return tickets.getFirst();
    }

    /** Counts the turn of a new head from {@code earliest} or its arrival, whichever is later. */
    void headFrom(long earliest) {
        Ticket head = head();
        turn = Math.max(earliest, head.turn);
        order = head.order();
    }

    @Override
    public int compareTo(Flow other) {
        int byTurn = Long.compare(turn, other.turn);
        return byTurn != 0 ? byTurn : Long.compare(order, other.order);
    }
}
