// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Fleet;
import io.mtor.dispatcher.select.Worker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which worker has taken which attempt a moment ago. A gateway that has not heard of it asks for it again, and so does
 * the gateway that its client has gone to meanwhile; a second worker would do the same work once more. And a gateway that
 * asks for the next attempt, elsewhere, has given that worker up; if it is well as far as is known, and has not ended the
 * intent either, then it swallows what it is given, or the two do not reach each other.
 */
final class Handovers {

    static final int MAX = 20_000;
    private static final long ASKED_AGAIN_NANOS = 10_000_000_000L;

    /** Longer than any gateway waits for a sign of life. */
    private static final long KEEP_NANOS = 180_000_000_000L;

    /** The news of an end and the gateway's next attempt come on two ways. */
    private static final long EXCUSE_NANOS = 1_000_000_000L;

    private record Handover(int attempt, WorkerId worker, long at, boolean ended) {

        Handover asEnded() {
            return new Handover(attempt, worker, at, true);
        }
    }

    /** Oldest first. */
    private final Map<IntentKey, Handover> lately = new LinkedHashMap<>();

    /** With the time at which they were given up; oldest first. */
    private final Map<IntentKey, Handover> givenUp = new LinkedHashMap<>();

    private final Fleet fleet;

    Handovers(Fleet fleet) {
        this.fleet = fleet;
    }

    void note(Ticket ticket, WorkerId worker, long now) {
        lately.remove(ticket.key());
        lately.put(ticket.key(), new Handover(ticket.place().attempt(), worker, now, false));
        for (var oldest = lately.values().iterator(); oldest.hasNext(); ) {
            boolean isOld = now - oldest.next().at > KEEP_NANOS;
            if (!isOld && lately.size() <= MAX) {
                break;
            }
            oldest.remove();
        }
    }

    /** A worker has ended it, well or not. */
    void ended(IntentKey key, WorkerId worker) {
        givenUp.computeIfPresent(key, (same, given) -> given.worker.equals(worker) ? null : given);
        lately.computeIfPresent(key, (same, last) -> last.worker.equals(worker) ? last.asEnded() : last);
    }

    /** A gateway wants something placed: for the next attempt, if it has given up the worker that took the last one. */
    void asked(Place place, long now) {
        IntentKey key = place.intent().key();
        Handover last = lately.get(key);
        if (last != null
                && !last.ended
                && place.attempt() > last.attempt
                && place.excluded().contains(last.worker)) {
            lately.remove(key);
            givenUp.put(key, new Handover(last.attempt, last.worker, now, false));
        }
    }

    /** The workers that have been given up and have not ended what they took; told once for each intent. */
    List<Worker> silent(long now) {
        List<Worker> silent = new ArrayList<>();
        for (var oldest = givenUp.values().iterator(); oldest.hasNext(); ) {
            Handover given = oldest.next();
            if (now - given.at < EXCUSE_NANOS) {
                break;
            }
            oldest.remove();
            Worker worker = fleet.get(given.worker);
            if (worker != null) {
                silent.add(worker);
            }
        }
        return silent;
    }

    int size() {
        return lately.size();
    }

    /** The worker that has it and is well, which will say so again; null if it should be placed as any other. */
    @Nullable
    WorkerId takerOf(Place place, long now) {
        Handover last = lately.get(place.intent().key());
        if (last == null || last.attempt != place.attempt() || now - last.at > ASKED_AGAIN_NANOS) {
            return null;
        }
        Worker worker = fleet.get(last.worker);
        boolean isWell = worker != null && worker.health() == Health.HEALTHY && !worker.isSuspected();
        return isWell ? last.worker : null;
    }
}
