// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.Withdraw;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.match.DispatcherStats;
import io.mtor.dispatcher.match.MatchRules;
import io.mtor.dispatcher.match.Matchmaker;
import io.mtor.dispatcher.match.Outbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A realm in which everything happens in any order: intents come, are repeated, retried and withdrawn; workers accept,
 * refuse, end, fail, freeze, die and come back; verdicts are drawn; messages are late, overtake each other or are lost.
 * {@link #calm} ends all this, and then the books must balance.
 */
public final class Chaos {

    private static final long MILLI = 1_000_000;
    private static final List<String> TYPES = List.of("chat", "vision", "imagine");

    /** A worker of this realm: what it is doing, by key. */
    private static final class Model {
        final String id;
        final int slots;
        final List<String> serves = new ArrayList<>();
        final Set<IntentKey> running = new HashSet<>();
        final List<IntentKey> unreported = new ArrayList<>();
        long incarnation = 1;
        boolean frozen;

        Model(String id, int slots) {
            this.id = id;
            this.slots = slots;
        }

        Load load() {
            return new Load(slots, running.size(), false);
        }
    }

    private record Event(long at, long order, Runnable what) {}

    private final Random random;
    private final Matchmaker matchmaker;
    private final List<Model> models = new ArrayList<>();
    private final Map<IntentKey, Place> open = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long numbers;
    private long order;
    private boolean calm;

    /** Intents that a worker has begun, that were rejected, or that were withdrawn. */
    public final Set<IntentKey> settled = new HashSet<>();

    public Chaos(long seed) {
        random = new Random(seed);
        matchmaker = new Matchmaker(MatchRules.DEFAULT, new Post(), 0);
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            var model = new Model("w" + i, 1 + random.nextInt(3));
            for (String type : TYPES) {
                if (random.nextBoolean() || i == 0) {
                    model.serves.add(random.nextInt(3) == 0 ? type + ":m1" : type);
                }
            }
            if (model.serves.isEmpty()) {
                model.serves.add("chat");
            }
            models.add(model);
            announceForEver(model);
        }
        tickForEver();
    }

    /** Lets this many things happen. */
    public void run(int steps) {
        for (int i = 0; i < steps; i++) {
            elapse(random.nextInt(40) * MILLI);
            switch (random.nextInt(24)) {
                case 0 -> withdraw();
                case 1 -> repeat();
                case 2 -> retry();
                case 3 -> judge();
                case 4 -> any().frozen = random.nextBoolean();
                case 5 -> restart(any());
                case 6, 7, 8, 9, 10, 11, 12, 13, 14 -> end(any());
                default -> place();
            }
        }
    }

    /** Everybody is well again, no message is lost; what is running goes on. */
    public void calm() {
        calm = true;
        for (Model model : models) {
            model.frozen = false;
            matchmaker.receive(new Verdict(new WorkerId(model.id), new MonitorId("m"), Health.HEALTHY, "test"), now);
        }
        elapse(5_000 * MILLI);
    }

    /** Everything that runs ends well, until nothing waits or no more can be done. */
    public void finish() {
        for (int i = 0; i < 2_000 && (matchmaker.stats().freeSlots() < slots() || waiting() > 0); i++) {
            models.forEach(this::end);
            elapse(20 * MILLI);
        }
        elapse(5_000 * MILLI);
    }

    /** Enough ends well to lift every caution, and new intents keep all busy. */
    public void finishSome() {
        for (int i = 0; i < 50; i++) {
            models.forEach(this::end);
            elapse(700 * MILLI);
            for (int each = 0; each < 2 * slots(); each++) {
                place();
            }
            elapse(20 * MILLI);
        }
    }

    public DispatcherStats stats() {
        return matchmaker.stats();
    }

    public int slots() {
        return models.stream().mapToInt(model -> model.slots).sum();
    }

    public int freeSlots() {
        return models.stream()
                .mapToInt(model -> Math.max(0, model.slots - model.running.size()))
                .sum();
    }

    public int waiting() {
        return stats().waiting().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Intents that were placed and neither begun nor rejected nor withdrawn. */
    public int unsettled() {
        return (int)
                open.keySet().stream().filter(key -> !settled.contains(key)).count();
    }

    /** Query types with a free slot at some worker that serves them. */
    public Set<QueryType> freeTypes() {
        Set<QueryType> free = new HashSet<>();
        for (Model model : models) {
            if (model.running.size() < model.slots) {
                Workers.offers(model.serves.toArray(String[]::new)).forEach(offer -> free.add(offer.queryType()));
            }
        }
        return free;
    }

    private void place() {
        String type = oneOf(TYPES);
        Priority priority = oneOf(List.of(Priority.values()));
        var intent = Intents.of(numbers++, new QueryType(type))
                .by("u" + random.nextInt(5))
                .priority(priority)
                .ttl(random.nextInt(10) == 0 ? 300 : 10_000_000);
        Place place = intent.place();
        open.put(intent.key(), place);
        matchmaker.receive(place, now);
    }

    private void withdraw() {
        IntentKey key = someOpen();
        if (key != null) {
            settled.add(key);
            matchmaker.receive(new Withdraw(key), now);
        }
    }

    private void repeat() {
        IntentKey key = someUnsettled();
        Place place = key == null ? null : open.get(key);
        if (place != null) {
            matchmaker.receive(place, now);
        }
    }

    private void retry() {
        IntentKey key = someUnsettled();
        Place place = key == null ? null : open.get(key);
        if (key != null && place != null) {
            var next = new Place(
                    place.intent(),
                    place.gateway(),
                    place.attempt() + 1,
                    List.of(new WorkerId(any().id)),
                    place.ttlMillis());
            open.put(key, next);
            matchmaker.receive(next, now);
        }
    }

    private void judge() {
        Health health = oneOf(List.of(Health.values()));
        matchmaker.receive(new Verdict(new WorkerId(any().id), new MonitorId("m"), health, "test"), now);
    }

    private void restart(Model model) {
        if (random.nextBoolean()) {
            matchmaker.receive(new WorkerLeft(new WorkerId(model.id), model.incarnation), now);
        } else {
            matchmaker.nodeLeft("node-" + model.id, now);
        }
        model.running.clear();
        model.unreported.clear();
        model.incarnation++;
        announce(model);
    }

    private void begin(Model model, Place place, long incarnation) {
        if (model.frozen || model.incarnation != incarnation) {
            return;
        }
        IntentKey key = place.intent().key();
        var id = new WorkerId(model.id);
        if (!model.running.contains(key) && model.running.size() >= model.slots) {
            send(new Refused(id, model.load(), key, place.attempt(), Reason.NO_FREE_SLOT));
        } else {
            model.running.add(key);
            settled.add(key);
            model.unreported.add(key);
            send(new WorkerReport(id, model.load(), List.copyOf(model.unreported), List.of()));
            model.unreported.clear();
        }
    }

    private void end(Model model) {
        if (model.frozen || model.running.isEmpty()) {
            return;
        }
        IntentKey key = model.running.iterator().next();
        model.running.remove(key);
        Place place = open.get(key);
        QueryType type = place == null ? QueryType.CHAT : place.intent().queryType();
        Outcome outcome = calm ? Outcome.COMPLETED : oneOf(List.of(Outcome.values()));
        var ended = new Ended(key, type, outcome, 1 + random.nextInt(3_000));
        send(new WorkerReport(new WorkerId(model.id), model.load(), List.of(), List.of(ended)));
    }

    private void announceForEver(Model model) {
        at(1_000 * MILLI, () -> announceForEver(model));
        if (!model.frozen) {
            announce(model);
        }
    }

    private void announce(Model model) {
        var said = Workers.announcement(
                model.id, model.incarnation, model.load(), Workers.offers(model.serves.toArray(String[]::new)));
        at(delay(), () -> {
            if (said.incarnation() == model.incarnation) {
                matchmaker.receive(said, now);
            }
        });
    }

    private void tickForEver() {
        matchmaker.tick(now);
        at(100 * MILLI, this::tickForEver);
    }

    private void send(DispatcherBound message) {
        if (calm || random.nextInt(20) > 0) {
            at(delay(), () -> matchmaker.receive(message, now));
        }
    }

    private long delay() {
        return (calm ? 1 : random.nextInt(60)) * MILLI;
    }

    private void at(long after, Runnable what) {
        events.add(new Event(now + after, order++, what));
    }

    private void elapse(long nanos) {
        long until = now + nanos;
        for (Event next = events.peek(); next != null && next.at <= until; next = events.peek()) {
            events.remove();
            now = next.at;
            next.what.run();
        }
        now = until;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Model any() {
        return oneOf(models);
    }

    private @Nullable IntentKey someOpen() {
        List<IntentKey> keys = new ArrayList<>(open.keySet());
        return keys.isEmpty() ? null : oneOf(keys);
    }

    private @Nullable IntentKey someUnsettled() {
        List<IntentKey> keys =
                open.keySet().stream().filter(key -> !settled.contains(key)).toList();
        return keys.isEmpty() ? null : oneOf(keys);
    }

    private final class Post implements Outbox {

        @Override
        public void assign(WorkerId to, Place place, long ttlMillis, long queueMillis) {
            for (Model model : models) {
                if (model.id.equals(to.value()) && (calm || random.nextInt(30) > 0)) {
                    long incarnation = model.incarnation;
                    at(delay(), () -> begin(model, place, incarnation));
                }
            }
        }

        @Override
        public void cancel(WorkerId at, Cancel message) {}

        @Override
        public void tell(GatewayId gateway, GatewayBound message) {
            if (message instanceof Rejected rejected) {
                settled.add(rejected.key());
            }
        }
    }
}
