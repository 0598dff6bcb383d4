// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.match.MatchRules;
import io.mtor.dispatcher.match.Matchmaker;
import io.mtor.dispatcher.match.Outbox;
import io.mtor.dispatcher.testing.Traffic.Arrival;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A realm in virtual time around a real {@link Matchmaker}: workers with slots that accept, refuse, work and report,
 * every message one delay away. A failed intent is placed again without the worker that failed it, as a session does.
 */
public final class ModelRealm {

    private static final long DELAY = 1_000_000;
    private static final long TICK = 100_000_000;
    private static final long SECOND = 1_000_000_000;

    private record Event(long at, long order, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<WorkerId, Machine> machines = new HashMap<>();
    private final Map<WorkerId, Set<IntentKey>> running = new HashMap<>();
    private final Map<IntentKey, Arrival> arrivals = new HashMap<>();
    private final Map<IntentKey, Long> started = new HashMap<>();
    private final Matchmaker matchmaker;
    private long now;
    private long order;
    private long open;

    private final Map<WorkerId, Integer> begun = new HashMap<>();

    /** How often a worker had no slot for what it was assigned. */
    public int refusals;

    public int rejections;

    public ModelRealm(MatchRules rules, List<Machine> machines) {
        this.matchmaker = new Matchmaker(rules, new Post(), 0);
        for (int i = 0; i < machines.size(); i++) {
            Machine machine = machines.get(i);
            WorkerId id = new WorkerId(machine.id());
            this.machines.put(id, machine);
            running.put(id, new HashSet<>());
            announce(id);
            every(SECOND, SECOND * i / machines.size(), () -> announce(id));
        }
        every(TICK, 0, () -> matchmaker.tick(now));
    }

    /** Lets all this come and run to its end; says how long each waited. */
    public Waits run(List<Arrival> coming) {
        open = coming.size();
        for (Arrival arrival : coming) {
            at(arrival.atNanos(), () -> place(arrival));
        }
        while (open > 0) {
            Event event = events.remove();
            now = event.at;
            event.what.run();
        }
        long[] waits = new long[coming.size()];
        Arrays.setAll(waits, i -> {
            Arrival arrival = coming.get(i);
            Long at = started.get(Intents.key(arrival.user(), arrival.number()));
            return at == null ? -1 : at - arrival.atNanos();
        });
        return new Waits(waits);
    }

    /** How often this worker began an intent. */
    public int begunBy(String worker) {
        return begun.getOrDefault(new WorkerId(worker), 0);
    }

    private void place(Arrival arrival) {
        var intent =
                Intents.of(arrival.number(), arrival.type()).by(arrival.user()).ttl(100_000_000);
        arrivals.put(intent.key(), arrival);
        matchmaker.receive(intent.place(), now);
    }

    private void announce(WorkerId id) {
        Machine machine = machine(id);
        List<Offer> offers = machine.types().stream()
                .sorted()
                .map(type -> new Offer(type, List.of()))
                .toList();
        matchmaker.receive(Workers.announcement(id.value(), 1, load(id), offers), now);
    }

    private Load load(WorkerId id) {
        return new Load(machine(id).slots(), runningAt(id).size(), false);
    }

    private void begin(WorkerId id, Place place) {
        IntentKey key = place.intent().key();
        Machine machine = machine(id);
        if (runningAt(id).size() >= machine.slots()) {
            refusals++;
            tell(new Refused(id, load(id), key, place.attempt(), Reason.NO_FREE_SLOT));
            return;
        }
        runningAt(id).add(key);
        begun.merge(id, 1, Integer::sum);
        started.putIfAbsent(key, now);
        tell(new WorkerReport(id, load(id), List.of(key), List.of()));
        Arrival arrival = arrivals.get(key);
        boolean fails = machine.failsAfterNanos() > 0;
        long work = fails
                ? machine.failsAfterNanos()
                : Math.round((arrival == null ? 0 : arrival.workNanos()) * machine.slowness());
        at(now + work, () -> end(id, place, fails, work));
    }

    private void end(WorkerId id, Place place, boolean fails, long work) {
        IntentKey key = place.intent().key();
        runningAt(id).remove(key);
        Outcome outcome = fails ? Outcome.FAILED : Outcome.COMPLETED;
        tell(new WorkerReport(
                id,
                load(id),
                List.of(),
                List.of(new Ended(key, place.intent().queryType(), outcome, work / 1_000_000))));
        if (fails) {
            started.remove(key);
            var again = new Place(place.intent(), place.gateway(), place.attempt() + 1, List.of(id), place.ttlMillis());
            tell(again);
        } else {
            open--;
        }
    }

    private void tell(DispatcherBound message) {
        at(now + DELAY, () -> matchmaker.receive(message, now));
    }

    private Machine machine(WorkerId id) {
        return machines.getOrDefault(id, Machine.of("none", 0));
    }

    private Set<IntentKey> runningAt(WorkerId id) {
        return running.computeIfAbsent(id, w -> new HashSet<>());
    }

    private void at(long when, Runnable what) {
        events.add(new Event(when, order++, what));
    }

    private void every(long period, long first, Runnable what) {
        at(now + first, () -> {
            what.run();
            every(period, period, what);
        });
    }

    private final class Post implements Outbox {

        @Override
        public void assign(WorkerId to, Place place, long ttlMillis, long queueMillis) {
            at(now + DELAY, () -> begin(to, place));
        }

        @Override
        public void cancel(WorkerId at, Cancel message) {}

        @Override
        public void tell(GatewayId gateway, GatewayBound message) {
            if (message instanceof Rejected) {
                rejections++;
                open--;
            }
        }
    }
}
