// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.UserId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Plays the service of some rival lanes forward, once. */
final class Preview {

    private final List<Lane> told;
    private final Shares shares;
    private final Servers servers;
    private final List<Deque<Iterator<Ticket>>> classes = new ArrayList<>();
    private final int length;

    /** A view of the line as it is now: all rivals play, the group's own lanes get their standings from it. */
    Preview(Rivalry.Group group, Servers servers) {
        List<Lane> playing = group.rivals();
        this.told = group.lanes();
        this.shares = group.shares().copy();
        this.servers = servers;
        int count = 0;
        for (int each = 0; each < Shares.CLASSES; each++) {
            classes.add(turns(playing, each));
        }
        for (Lane lane : playing) {
            count += lane.size();
        }
        this.length = count;
    }

    /** What each user has in one class, in the order of the users' first turns. */
    private static Deque<Iterator<Ticket>> turns(List<Lane> playing, int each) {
        TreeSet<Flow> flows = new TreeSet<>();
        for (Lane lane : playing) {
            flows.addAll(lane.bands[each].flows);
        }
        Deque<Iterator<Ticket>> turns = new ArrayDeque<>();
        Map<UserId, List<Flow>> ofUser = new HashMap<>();
        for (Flow flow : flows) {
            if (!flow.single) {
                ofUser.computeIfAbsent(flow.user, user -> new ArrayList<>()).add(flow);
            }
        }
        for (Flow flow : flows) {
            if (flow.single) {
                turns.add(flow.tickets.iterator());
            } else {
                List<Flow> all = ofUser.remove(flow.user);
                if (all != null) {
                    turns.add(inOrder(all));
                }
            }
        }
        return turns;
    }

    /** The first goes by its turn, the others by their arrival: the user's turns are all put off together. */
    private static Iterator<Ticket> inOrder(List<Flow> flows) {
        if (flows.size() == 1) {
            return flows.getFirst().tickets.iterator();
        }
        Ticket first = flows.getFirst().head();
        List<Ticket> tickets = new ArrayList<>();
        flows.forEach(flow -> tickets.addAll(flow.tickets));
        tickets.sort(Comparator.comparing((Ticket each) -> each != first).thenComparing(Ticket::order));
        return tickets.iterator();
    }

    /** Gives standings to the first {@code budget}, and the length of the line to the others; returns how many. */
    int play(int budget) {
        int position = 0;
        double work = 0;
        while (position < length && position < budget) {
            Ticket ticket = next();
            Double mean = servers.meanMillis(ticket.queryType());
            work += mean == null ? Double.NaN : mean;
            position++;
            if (isTold(ticket)) {
                ticket.standing(new Standing(position, etaMillis(work, ticket)));
            }
        }
        classes.forEach(turns -> turns.forEach(rest -> rest.forEachRemaining(this::leaveAtTheEnd)));
        return position;
    }

    private Ticket next() {
        int waiting = 0;
        for (int each = 0; each < Shares.CLASSES; each++) {
            waiting |= classes.get(each).isEmpty() ? 0 : 1 << each;
        }
        Deque<Iterator<Ticket>> turns = classes.get(shares.choose(waiting));
        Iterator<Ticket> user = turns.removeFirst();
        Ticket ticket = user.next();
        if (user.hasNext()) {
            turns.addLast(user);
        }
        return ticket;
    }

    private void leaveAtTheEnd(Ticket ticket) {
        if (isTold(ticket)) {
            ticket.standing(new Standing(length, null));
        }
    }

    private boolean isTold(Ticket ticket) {
        Flow flow = ticket.flow;
        return flow != null && told.contains(flow.lane);
    }

    private @Nullable Long etaMillis(double work, Ticket ticket) {
        int slots = servers.slots(ticket.demand());
        return slots == 0 || Double.isNaN(work) ? null : Math.round(work / slots);
    }
}
