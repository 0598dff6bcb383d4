// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The waiting line: who gets a slot that has become free.
 *
 * <h2>The order</h2>
 *
 * <p>A free slot goes to one of all the intents that its worker serves, whatever their query type or model:
 *
 * <ol>
 *   <li>{@link Shares} choose the class: voice 8, interactive 4, api 2, batch 1.
 *   <li>Within the class it is the turn of the user whose <em>turn</em> is earliest. A turn counts from the arrival of
 *       what waits, or from when its user was last served by a worker that could have served it, whichever is later.
 *   <li>Of what that user has waiting for this worker, the oldest goes.
 * </ol>
 *
 * <p>So users who send now and then are served in the order of arrival, over all query types, and so is a user who is
 * alone. Of a user who sends a thousand intents at once one goes at a time, in turn with everybody else's: another user
 * waits for at most one of them. This is fair queueing with the time of day as virtual time. It needs no memory of
 * users who do not wait, and turns of different query types can be compared, which tags that count services cannot: a
 * busy type would run ahead of a quiet one, and then starve or be starved where both meet at one worker.
 *
 * <p>An intent that comes back, because a worker refused or was lost, keeps its turn and stands by itself.
 *
 * <h2>The structure</h2>
 *
 * <p>One {@link Lane} for each demand, in it a {@link Band} for each class, in it a {@link Flow} for each user, sorted
 * by turn. The next intent is found by looking at the first flow of each lane that the worker serves: O(lanes), and
 * O(log n) in those who wait. Lanes, bands and flows exist only while someone waits in them.
 */
public final class FairQueue {

    private final Map<Demand, Lane> lanes = new LinkedHashMap<>();
    private final Census census = new Census();
    private long changes;

    public Census census() {
        return census;
    }

    /** Rises with every change of the line. */
    public long changes() {
        return changes;
    }

    public boolean isEmpty() {
        return lanes.isEmpty();
    }

    public boolean isAnyoneWaitingFor(Demand demand) {
        return !lanes.isEmpty() && lanes.containsKey(demand);
    }

    /** The demands that someone waits for. */
    public List<Demand> demands() {
        return List.copyOf(lanes.keySet());
    }

    @Nullable
    Lane lane(Demand demand) {
        return lanes.get(demand);
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    /** Lets an intent wait behind those of its user; one that no longer goes to every worker stands by itself. */
    public void add(Ticket ticket, long now) {
        insert(ticket, ticket.isAlone() || !ticket.excluded().isEmpty(), now);
    }

    /** Puts an intent that comes back where its turn is. */
    public void addAgain(Ticket ticket, long now) {
        insert(ticket, true, now);
    }

    private void insert(Ticket ticket, boolean single, long now) {
        Lane lane = lanes.computeIfAbsent(ticket.demand(), Lane::new);
        lane.band(ticket).add(lane, ticket, single);
        ticket.beginWaiting(now);
        census.add(ticket);
        changes++;
    }

    /** Takes an intent out of the line; does nothing if it is not there. */
    public void remove(Ticket ticket, long now) {
        Flow flow = ticket.flow;
        if (flow != null) {
            take(flow, ticket, now, flow.turn);
        }
    }

    /** The next intent for a free slot of this worker, taken out of the line; null if none waits for it. */
    public @Nullable Ticket next(Taker taker, long now) {
        if (lanes.isEmpty()) {
            return null;
        }
        List<Lane> served = servedBy(taker);
        @Nullable Flow[] best = new Flow[Shares.CLASSES];
        for (Lane lane : served) {
            lane.contend(best, taker);
        }
        int waiting = classesIn(best);
        if (waiting == 0) {
            return null;
        }
        int chosen = taker.repertoire().shares().choose(waiting);
        Flow flow = best[chosen];
        return flow == null ? null : serve(flow, served, now);
    }

    private Ticket serve(Flow first, List<Lane> served, long now) {
        Flow flow = first.single ? first : oldestOfUser(first, served);
        Ticket ticket = flow.head();
        take(flow, ticket, now, now);
        if (census.of(ticket.user()) > 0) {
            for (Lane lane : served) {
                lane.band(ticket).stepBack(ticket.user(), now);
            }
        }
        return ticket;
    }

    /** It is this user's turn; of what it has waiting for this worker, the oldest goes. */
    private static Flow oldestOfUser(Flow first, List<Lane> served) {
        Flow oldest = first;
        for (Lane lane : served) {
            Flow flow = lane.band(first.head()).flowOf(first.user);
            if (flow != null && flow.head().order() < oldest.head().order()) {
                oldest = flow;
            }
        }
        return oldest;
    }

    private void take(Flow flow, Ticket ticket, long now, long nextTurnFrom) {
        flow.lane.band(ticket).remove(flow, ticket, nextTurnFrom);
        if (flow.lane.isEmpty()) {
            lanes.remove(flow.lane.demand);
        }
        ticket.endWaiting(now);
        census.remove(ticket);
        changes++;
    }

    private List<Lane> servedBy(Taker taker) {
        Repertoire repertoire = taker.repertoire();
        List<Lane> served = new ArrayList<>();
        if (lanes.size() <= repertoire.demands().size()) {
            for (Lane lane : lanes.values()) {
                if (repertoire.serves(lane.demand) && taker.mayServe(lane.demand)) {
                    served.add(lane);
                }
            }
        } else {
            for (Demand demand : repertoire.demands()) {
                Lane lane = lanes.get(demand);
                if (lane != null && taker.mayServe(demand)) {
                    served.add(lane);
                }
            }
        }
        return served;
    }

    private static int classesIn(@Nullable Flow[] best) {
        int classes = 0;
        for (int each = 0; each < best.length; each++) {
            if (best[each] != null) {
                classes |= 1 << each;
            }
        }
        return classes;
    }
}
