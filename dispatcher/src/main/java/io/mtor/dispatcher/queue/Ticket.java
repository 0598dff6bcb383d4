// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An intent at the dispatcher, from its arrival until a worker has accepted it. It is either waiting in the line or
 * assigned to a worker that has not answered yet. All times are nanoseconds of one clock.
 */
public final class Ticket {

    private final Place place;
    private final Demand demand;
    private final long arrived;
    private final long order;
    private final List<WorkerId> excluded;

    private final List<WorkerId> sentTo = new ArrayList<>(0);

    private @Nullable WorkerId assignedTo;
    private long since;
    private long waited;
    private long weight = -1;

    /** Where it stands in line, as last worked out; and what its gateway was told last, and when. */
    private Standing standing = Standing.UNKNOWN;

    private Standing told = Standing.UNKNOWN;
    private long toldAt;

    /** Its place in the line; null while it does not wait there. */
    @Nullable
    Flow flow;

    /** When its turn was counted from when it left the line; see {@link FairQueue}. */
    long turn;

    /**
     * An intent that has just arrived.
     *
     * @param order the number of its arrival; unique, rising
     */
    public Ticket(Place place, long arrived, long order) {
        this.place = place;
        this.demand = Demand.of(place.intent());
        this.arrived = arrived;
        this.order = order;
        this.excluded = new ArrayList<>(place.excluded());
        this.turn = arrived - TimeUnit.MILLISECONDS.toNanos(place.ageMillis());
        this.since = arrived;
    }

    public Place place() {
        return place;
    }

    public IntentKey key() {
        return place.intent().key();
    }

    public Demand demand() {
        return demand;
    }

    /** True if its worker must have nothing else meanwhile. */
    public boolean isAlone() {
        return place.alone();
    }

    public QueryType queryType() {
        return demand.queryType();
    }

    public UserId user() {
        return place.intent().key().user();
    }

    public Priority priority() {
        return place.intent().priority();
    }

    public long order() {
        return order;
    }

    long weight() {
        if (weight < 0) {
            weight = place.intent().weight();
        }
        return weight;
    }

    /** Milliseconds until its deadline; 0 or less when it has passed. */
    public long ttlMillis(long now) {
        return place.ttlMillis() - TimeUnit.NANOSECONDS.toMillis(now - arrived);
    }

    /** Inherits the turn of the same intent that arrived before. */
    public void inherit(Ticket before) {
        turn = before.turn;
    }

    public boolean isWaiting() {
        return flow != null;
    }

    /** When it began to wait or was assigned. */
    public long since() {
        return since;
    }

    void beginWaiting(long now) {
        since = now;
    }

    void endWaiting(long now) {
        waited += Math.max(0, now - since);
    }

    /** What it has waited in the line, all in all. */
    public long waitedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(waited);
    }

    public void assign(WorkerId worker, long now) {
        assignedTo = worker;
        since = now;
    }

    public void unassign() {
        assignedTo = null;
    }

    public boolean isAssignedTo(WorkerId worker) {
        return worker.equals(assignedTo);
    }

    public @Nullable WorkerId assignedTo() {
        return assignedTo;
    }

    /** Notes that this attempt was sent to a worker that has not answered and may have it. */
    public void sentTo(WorkerId worker) {
        sentTo.add(worker);
    }

    public boolean wasSentTo(WorkerId worker) {
        return sentTo.contains(worker);
    }

    /** The workers that should not get it, if any other can. */
    public List<WorkerId> excluded() {
        return excluded;
    }

    public void exclude(WorkerId worker) {
        if (!excluded.contains(worker)) {
            excluded.add(worker);
        }
    }

    public Standing standing() {
        return standing;
    }

    public void standing(Standing now) {
        standing = now;
    }

    /** What its gateway was told last. */
    public Standing told() {
        return told;
    }

    public long toldAt() {
        return toldAt;
    }

    public void tell(Standing what, long now) {
        told = what;
        toldAt = now;
    }
}
