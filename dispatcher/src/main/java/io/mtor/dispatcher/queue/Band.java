// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.UserId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The flows of one class in one lane, by turn. */
final class Band {

    final TreeSet<Flow> flows = new TreeSet<>();
    private final Map<UserId, Flow> byUser = new HashMap<>();
    private int size;

    int size() {
        return size;
    }

    void add(Lane lane, Ticket ticket, boolean single) {
        Flow flow = single ? null : byUser.get(ticket.user());
        if (flow == null) {
            flow = new Flow(lane, ticket, single);
            flows.add(flow);
            if (!single) {
                byUser.put(ticket.user(), flow);
            }
        } else {
            flow.tickets.add(ticket);
        }
        ticket.flow = flow;
        size++;
    }

    /** Takes a ticket out of its flow; if it was the head, the next one's turn counts from {@code earliest}. */
    void remove(Flow flow, Ticket ticket, long earliest) {
        boolean head = flow.head() == ticket;
        if (head) {
            flows.remove(flow);
        }
        flow.tickets.remove(ticket);
        ticket.turn = Math.max(ticket.turn, head ? flow.turn : ticket.turn);
        ticket.flow = null;
        size--;
        if (flow.tickets.isEmpty()) {
            if (!flow.single) {
                byUser.remove(flow.user);
            }
        } else if (head) {
            flow.headFrom(earliest);
            flows.add(flow);
        }
    }

    @Nullable
    Flow flowOf(UserId user) {
        return byUser.get(user);
    }

    /** The user has just been served by a worker that serves this lane too: others go first. */
    void stepBack(UserId user, long now) {
        Flow flow = byUser.get(user);
        if (flow != null && flow.turn < now) {
            flows.remove(flow);
            flow.turn = now;
            flows.add(flow);
        }
    }

    /** The flow whose turn it is among those that the taker may take from. */
    @Nullable
    Flow first(Taker taker) {
        for (Flow flow : flows) {
            if (taker.mayTake(flow.head())) {
                return flow;
            }
        }
        return null;
    }
}
