// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Demand;
import io.mtor.dispatcher.queue.Repertoire;
import io.mtor.dispatcher.queue.Servers;
import io.mtor.dispatcher.queue.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All workers that have announced themselves, and the choice among them.
 *
 * <h2>Exclusion</h2>
 *
 * <p>An attempt names workers that should not get it, because they lost or failed an earlier one. That holds as long as
 * any other live worker serves the demand, even a busy one. If the excluded ones are all there is, exclusion would mean
 * to wait for ever, so it is lifted: a realm with a single worker retries on that worker. What keeps this from becoming
 * a loop is not exclusion but the worker's breaker, its health and the limited attempts of the session.
 */
public final class Fleet implements Servers {

    private final Map<WorkerId, Worker> workers = new HashMap<>();
    private final ServiceTimes times = new ServiceTimes();
    private final WorkerIndex index;
    private final Caution caution;

    /** The shelves where some are open. */
    private final List<Shelf> counted = new ArrayList<>();

    /** An empty one. */
    public Fleet(Caution caution) {
        this.caution = caution;
        this.index = new WorkerIndex(caution.rememberNanos());
    }

    public @Nullable Worker get(WorkerId id) {
        return workers.get(id);
    }

    public Collection<Worker> workers() {
        return workers.values();
    }

    /** Takes in what a worker says of itself; null if there are too many workers. */
    public @Nullable Worker announced(WorkerAnnouncement said, long now) {
        Worker worker = workers.get(said.worker());
        if (worker == null) {
            return join(said, now);
        }
        worker.announced(said.load(), said.node(), now);
        if (!worker.repertoire.offers().equals(said.serves())) {
            index.remove(worker, now);
            worker.repertoire = index.repertoire(said);
            index.add(worker, now);
        }
        return worker;
    }

    private @Nullable Worker join(WorkerAnnouncement said, long now) {
        if (workers.size() >= caution.maxWorkers()) {
            return null;
        }
        Repertoire repertoire = index.repertoire(said);
        Worker worker = new Worker(said, repertoire, caution.breaker(), now);
        workers.put(worker.id(), worker);
        index.add(worker, now);
        return worker;
    }

    public void remove(Worker worker, long now) {
        workers.remove(worker.id(), worker);
        index.remove(worker, now);
    }

    /** Must be called after anything about a worker has changed. */
    public void refresh(Worker worker, long now) {
        index.refresh(worker, now);
    }

    /** Learns from an intent that a worker has ended. */
    public void learn(Worker worker, Ended ended, long now) {
        QueryType type = ended.queryType();
        switch (ended.outcome()) {
            case COMPLETED -> {
                worker.breaker().succeeded();
                rate(worker, type, times.add(type, ended.workMillis()));
            }
            case FAILED -> worker.breaker().failed(now);
            case CANCELLED -> {
                double difference = times.beyondUsual(type, ended.workMillis());
                if (difference > 0) {
                    rate(worker, type, difference);
                }
            }
            case CLIENT_ERROR -> {}
        }
    }

    private void rate(Worker worker, QueryType type, double difference) {
        if (worker.learn(type, difference)) {
            index.rerank(worker, type);
        }
    }

    /** The best worker with a free slot for this intent; null if it has to wait. */
    public @Nullable Worker pick(Ticket ticket) {
        Shelf shelf = index.shelf(ticket.demand());
        if (shelf == null) {
            return null;
        }
        boolean lifted = !ticket.excluded().isEmpty() && isOnlyServedBy(ticket.excluded(), shelf);
        List<WorkerId> excluded = lifted ? List.of() : ticket.excluded();
        return ticket.isAlone() ? idle(shelf, excluded) : shelf.pick(excluded);
    }

    private @Nullable Worker idle(Shelf shelf, List<WorkerId> excluded) {
        for (Worker worker : shelf.free(Integer.MAX_VALUE)) {
            if (worker.isIdle() && !shelf.yields(worker) && !excluded.contains(worker.id())) {
                return worker;
            }
        }
        return null;
    }

    /**
     * The worker with the least to do that can be kept for an intent that is to have no company; null if there is
     * none, or if half of those that serve it are given up to such intents already.
     */
    public @Nullable Worker toBeKeptFor(Ticket ticket, long now) {
        int serving = 0;
        int givenUp = 0;
        Worker best = null;
        for (Worker worker : workers.values()) {
            if (worker.liveSlots() == 0
                    || !worker.repertoire.serves(ticket.demand())
                    || !mayServe(worker, ticket.demand())) {
                continue;
            }
            serving++;
            givenUp += worker.isGivenUp() ? 1 : 0;
            boolean better = best == null || worker.busy() < best.busy();
            if (better && worker.mayBeKept(now) && mayTake(worker, ticket)) {
                best = worker;
            }
        }
        return givenUp > 0 && 2 * (givenUp + 1) > serving ? null : best;
    }

    /** True if this worker may serve the demand, which is in its repertoire. */
    public boolean mayServe(Worker worker, Demand demand) {
        Shelf shelf = worker.isSynthetic() ? index.shelf(demand) : null;
        return shelf == null || !shelf.yields(worker);
    }

    /** True if this worker may take the intent, whose demand it may serve. */
    public boolean mayTake(Worker worker, Ticket ticket) {
        if (ticket.excluded().isEmpty() || !ticket.excluded().contains(worker.id())) {
            return true;
        }
        Shelf shelf = index.shelf(ticket.demand());
        return shelf == null || isOnlyServedBy(ticket.excluded(), shelf);
    }

    private boolean isOnlyServedBy(List<WorkerId> excluded, Shelf shelf) {
        int others = shelf.servers();
        for (WorkerId id : excluded) {
            Worker worker = workers.get(id);
            if (worker != null
                    && worker.liveSlots() > 0
                    && worker.repertoire.serves(shelf.demand)
                    && !shelf.yields(worker)) {
                others--;
            }
        }
        return others <= 0;
    }

    /** True if a live worker serves this, or did not long ago. */
    public boolean wasServedLately(Demand demand, long now) {
        return index.wasServedLately(demand, now);
    }

    /** True once after live workers or slots have become fewer: what others had to leave alone may be theirs now. */
    public boolean hasShrunk() {
        return index.hasShrunk();
    }

    /** Counts anew the workers that failures keep from work; to be called before {@link #isInPanic}. */
    public void countOpen() {
        counted.forEach(shelf -> shelf.open = 0);
        counted.clear();
        for (Worker worker : workers.values()) {
            if (worker.breaker().isOpen() && worker.liveSlots() > 0) {
                for (Offering offering : worker.offerings) {
                    offering.shelf.open++;
                    counted.add(offering.shelf);
                }
            }
        }
    }

    /** True if more than half of those that serve something that this worker serves are kept from work. */
    public boolean isInPanic(Worker worker) {
        for (Offering offering : worker.offerings) {
            if (offering.shelf.isInPanic()) {
                return true;
            }
        }
        return false;
    }

    /** True if this worker is the only one for something that it serves. */
    public boolean isOnlyServer(Worker worker) {
        for (Offering offering : worker.offerings) {
            if (offering.shelf.hasOneServer()) {
                return true;
            }
        }
        return false;
    }

    /** Some workers that have a free slot and serve this. */
    public List<Worker> free(Demand demand) {
        Shelf shelf = index.shelf(demand);
        return shelf == null ? List.of() : shelf.free(caution.maxRematched());
    }

    /** Slots of all workers. */
    public int slots() {
        return workers.values().stream().mapToInt(each -> each.load().slots()).sum();
    }

    /** Slots that could be assigned now. */
    public int freeSlots() {
        return workers.values().stream()
                .mapToInt(each -> Math.max(0, each.available()))
                .sum();
    }

    /** The workers on a cluster node. */
    public List<Worker> on(String node) {
        List<Worker> there = new ArrayList<>();
        for (Worker worker : workers.values()) {
            if (worker.node().equals(node)) {
                there.add(worker);
            }
        }
        return there;
    }

    /** What is served, to tell someone who asks for something else. */
    public Served served() {
        return new Served(index);
    }

    public void forget(long now) {
        index.forget(now);
    }

    @Override
    public Collection<Repertoire> repertoires() {
        return index.repertoires();
    }

    @Override
    public boolean mayServe(Repertoire repertoire, Demand demand) {
        Shelf shelf = repertoire.synthetic() ? index.shelf(demand) : null;
        return shelf == null || shelf.isLeftToTheDemo();
    }

    @Override
    public int slots(Demand demand) {
        Shelf shelf = index.shelf(demand);
        return shelf == null ? 0 : shelf.slots();
    }

    @Override
    public @Nullable Double meanMillis(QueryType type) {
        return times.meanMillis(type);
    }
}
