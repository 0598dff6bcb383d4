// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.queue.Demand;
import io.mtor.dispatcher.queue.Repertoire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The workers by what they serve: one {@link Shelf} for each demand. Remembers for a while what is served no more.
 */
final class WorkerIndex {

    private static final int MAX_DESERTED = 10_000;

    private final Map<Demand, Shelf> shelves = new HashMap<>();
    private final Deque<Deserted> deserted = new ArrayDeque<>();
    private final Repertoires repertoires = new Repertoires();
    private final long rememberNanos;
    private boolean shrunk;

    WorkerIndex(long rememberNanos) {
        this.rememberNanos = rememberNanos;
    }

    @Nullable
    Shelf shelf(Demand demand) {
        return shelves.get(demand);
    }

    Collection<Shelf> shelves() {
        return shelves.values();
    }

    Collection<Repertoire> repertoires() {
        return repertoires.inUse();
    }

    /** True if a live worker serves this now. */
    boolean isServed(Demand demand) {
        Shelf shelf = shelves.get(demand);
        return shelf != null && shelf.servers() > 0;
    }

    /** True if a live worker serves this, or did not long ago. */
    boolean wasServedLately(Demand demand, long now) {
        Shelf shelf = shelves.get(demand);
        return shelf != null && (shelf.servers() > 0 || now - shelf.deserted < rememberNanos);
    }

    /** True once after live workers or slots have become fewer: what others had to leave alone may be theirs now. */
    boolean hasShrunk() {
        boolean before = shrunk;
        shrunk = false;
        return before;
    }

    Repertoire repertoire(WorkerAnnouncement said) {
        return repertoires.take(said.serves(), said.synthetic(), said.whose());
    }

    /** Puts a worker on the shelves of what it serves. */
    void add(Worker worker, long now) {
        Set<QueryType> types = Repertoire.queryTypes(worker.repertoire.offers());
        int tier = typeTier(worker, types.size());
        List<Offering> offerings = new ArrayList<>();
        for (Demand demand : worker.repertoire.demands()) {
            Shelf shelf = shelves.computeIfAbsent(demand, d -> new Shelf(d, now));
            shelf.offerings++;
            offerings.add(new Offering(worker, shelf, worker.skill(demand.queryType()), tier));
        }
        worker.keepSkills(types);
        worker.offer(offerings);
        refresh(worker, now);
    }

    /** Takes a worker from all shelves. */
    void remove(Worker worker, long now) {
        count(worker, 0, now);
        for (Offering offering : worker.offerings) {
            Shelf shelf = offering.shelf;
            shelf.remove(offering);
            shelf.offerings--;
            if (shelf.offerings == 0) {
                deserted.add(new Deserted(shelf, shelf.deserted));
            }
        }
        worker.offer(List.of());
        repertoires.giveBack(worker.repertoire);
    }

    /** Takes note that something has changed at a worker. */
    void refresh(Worker worker, long now) {
        worker.recount();
        int slots = worker.liveSlots();
        if (slots != worker.countedSlots) {
            count(worker, slots, now);
        }
        if (worker.available() > 0) {
            worker.putBack();
        }
    }

    /** Moves a worker to where its new speed at this query type puts it. */
    void rerank(Worker worker, QueryType type) {
        for (Offering offering : worker.offerings) {
            if (offering.ring != null && offering.shelf.demand.queryType().equals(type)) {
                offering.shelf.remove(offering);
                offering.shelf.put(offering);
            }
        }
    }

    private void count(Worker worker, int slots, long now) {
        int before = worker.countedSlots;
        worker.countedSlots = slots;
        shrunk |= slots < before;
        int servers = Integer.signum(slots) - Integer.signum(before);
        for (Offering offering : worker.offerings) {
            Shelf shelf = offering.shelf;
            shelf.count(worker.isSynthetic(), servers, slots - before);
            if (servers < 0 && shelf.servers() == 0) {
                shelf.deserted = now;
                deserted.add(new Deserted(shelf, now));
            }
        }
    }

    /** Forgets what has not been served for long. */
    void forget(long now) {
        while (!deserted.isEmpty()) {
            Deserted oldest = deserted.getFirst();
            boolean lately = now - oldest.since < rememberNanos;
            if (lately && deserted.size() <= MAX_DESERTED) {
                return;
            }
            deserted.removeFirst();
            Shelf shelf = oldest.shelf;
            if (shelf.offerings == 0 && shelf.deserted == oldest.since) {
                shelves.remove(shelf.demand, shelf);
            }
        }
    }

    private static int typeTier(Worker worker, int types) {
        if (worker.isSynthetic()) {
            return Shelf.SYNTHETIC_TIER;
        }
        int powers = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, types) - 1);
        return Math.min(powers, Shelf.SYNTHETIC_TIER - 1);
    }

    private record Deserted(Shelf shelf, long since) {}
}
