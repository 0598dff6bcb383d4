// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Sent;
import io.mtor.dispatcher.testing.Stage;
import io.mtor.dispatcher.testing.Workers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A suspect has no company, gets its worker all the same, and the realm does not stand idle for it. */
class SolitudeTest {

    private static final long SEED = Long.getLong("mtor.seed", new Random().nextLong());

    private static Place alone(Intents intent) {
        Place place = intent.attempt(2, "dead").place();
        return new Place(place.intent(), place.gateway(), 2, place.excluded(), place.ttlMillis(), null, 0, true);
    }

    private final Stage stage = new Stage();

    private void placeAlone(long number) {
        stage.matchmaker().receive(alone(Intents.chat(number)), stage.now());
    }

    /** The worker's figures, as it says them itself: what runs alone takes every slot. */
    private void reports(String worker, Load load, List<Long> accepted, List<Long> ended) {
        List<IntentKey> taken =
                accepted.stream().map(each -> Intents.chat(each).key()).toList();
        List<Ended> over = ended.stream()
                .map(each -> new Ended(Intents.chat(each).key(), QueryType.CHAT, Outcome.COMPLETED, 10))
                .toList();
        stage.matchmaker().receive(new WorkerReport(new WorkerId(worker), load, taken, over), stage.now());
    }

    private void runsAlone(String worker, int slots, long number) {
        reports(worker, new Load(slots, slots, false), List.of(number), List.of());
    }

    /** One of its slots is free, but what it runs has not begun to answer. */
    private void refuses(String worker, int slots, long number) {
        IntentKey key = Intents.chat(number).key();
        var load = new Load(slots, slots - 1, false);
        stage.matchmaker().receive(new Refused(new WorkerId(worker), load, key, 2, Reason.NO_FREE_SLOT), stage.now());
    }

    private void endsAll(String worker, int slots, long number) {
        reports(worker, new Load(slots, 0, false), List.of(), List.of(number));
    }

    /** Time goes by without anything said that the test does not say. */
    private void pass(long millis) {
        for (long end = millis; end > 0; end -= 100) {
            stage.stall(100);
            stage.matchmaker().tick(stage.now());
        }
    }

    @Test
    void shouldGetAnIdleWorkerAtOnceAndForItself() {
        stage.hear(Workers.worker("a", 3, "chat"));

        placeAlone(1);
        stage.place(Intents.chat(2));
        runsAlone("a", 3, 1);
        stage.place(Intents.chat(3));

        assertThat(stage.outbox().assigned).map(Sent.Assigned::toString).containsExactly("1 -> a");
        endsAll("a", 3, 1);
        assertThat(stage.outbox().assigned).map(Sent.Assigned::toString).containsExactly("1 -> a", "2 -> a", "3 -> a");
    }

    @Test
    void shouldPreferAnIdleWorkerToABusyOne() {
        stage.hear(Workers.worker("busy", 5, "chat"));
        stage.place(Intents.chat(1));
        stage.accepted("busy", 1);
        stage.hear(Workers.worker("idle", 1, "chat", "vision"));

        placeAlone(2);

        assertThat(stage.outbox().assigned.getLast()).hasToString("2 -> idle");
    }

    @Test
    void shouldHaveABusyWorkerKeptAtOnceWhenNoneIsIdle() {
        stage.hear(Workers.worker("a", 2, "chat"));
        stage.place(Intents.chat(1));
        reports("a", new Load(2, 1, false), List.of(1L), List.of());

        placeAlone(9);
        assertThat(stage.outbox().assigned.getLast()).hasToString("9 -> a");
        refuses("a", 2, 9);
        stage.place(Intents.chat(2));
        assertThat(stage.outbox().assigned).hasSize(2);

        reports("a", new Load(2, 1, false), List.of(), List.of());
        assertThat(stage.outbox().assigned.getLast()).hasToString("9 -> a");
        runsAlone("a", 2, 9);
        reports("a", new Load(2, 1, false), List.of(), List.of(1L));
        assertThat(stage.outbox().assigned.getLast()).hasToString("2 -> a");
    }

    @Test
    void shouldNotAskAWorkerAgainBeforeItSpeaks() {
        stage.hear(Workers.worker("a", 2, "chat"));
        stage.place(Intents.chat(1));
        reports("a", new Load(2, 1, false), List.of(1L), List.of());
        placeAlone(9);
        pass(200);

        refuses("a", 2, 9);
        pass(300);

        assertThat(stage.outbox().assigned).map(Sent.Assigned::toString).containsExactly("1 -> a", "9 -> a");
    }

    @Test
    void shouldLetOthersHaveTheWorkerForAsLongBeforeTheNextSuspect() {
        stage.hear(Workers.worker("a", 2, "chat"));
        placeAlone(8);
        placeAlone(9);
        stage.place(Intents.chat(1));
        runsAlone("a", 2, 8);
        pass(1_000);

        endsAll("a", 2, 8);
        assertThat(stage.outbox().assigned.getLast()).hasToString("1 -> a");
        reports("a", new Load(2, 1, false), List.of(1L), List.of());
        pass(800);
        stage.place(Intents.chat(2));
        assertThat(stage.outbox().assigned.getLast()).hasToString("2 -> a");
        reports("a", new Load(2, 2, false), List.of(2L), List.of());
        pass(400);
        reports("a", new Load(2, 1, false), List.of(), List.of(1L));
        stage.place(Intents.chat(3));
        endsAll("a", 2, 2);

        assertThat(stage.outbox().assigned.getLast()).hasToString("9 -> a");
    }

    @Test
    void shouldBeginTheNextSuspectAtOnceIfNobodyElseWaits() {
        stage.hear(Workers.worker("a", 2, "chat"));
        placeAlone(8);
        placeAlone(9);
        runsAlone("a", 2, 8);
        pass(1_000);

        endsAll("a", 2, 8);

        assertThat(stage.outbox().assigned.getLast()).hasToString("9 -> a");
    }

    @Test
    void shouldGiveUpNoMoreThanHalfOfTheWorkers() {
        for (int i = 1; i <= 5; i++) {
            stage.hear(Workers.worker("w" + i, 2, "chat"));
        }
        for (int i = 1; i <= 5; i++) {
            stage.place(Intents.chat(i));
            reports(
                    stage.outbox().assigned.getLast().worker().value(),
                    new Load(2, 1, false),
                    List.of((long) i),
                    List.of());
        }
        for (int i = 11; i <= 15; i++) {
            placeAlone(i);
        }
        pass(1_000);
        stage.sent();

        for (int i = 21; i <= 30; i++) {
            stage.place(Intents.chat(i));
        }

        assertThat(stage.sent()).filteredOn(each -> each.contains("->")).hasSize(3);
    }

    @Test
    void shouldGiveTheWorkerBackWhenTheSuspectIsWithdrawn() {
        stage.hear(Workers.worker("a", 2, "chat"));
        stage.place(Intents.chat(1));
        reports("a", new Load(2, 1, false), List.of(1L), List.of());
        placeAlone(9);
        pass(200);
        refuses("a", 2, 9);
        pass(500);
        stage.place(Intents.chat(2));
        assertThat(stage.outbox().assigned).hasSize(2);

        stage.withdraw(Intents.chat(9));
        pass(100);
        reports("a", new Load(2, 1, false), List.of(), List.of());

        assertThat(stage.outbox().assigned.getLast()).hasToString("2 -> a");
    }

    @Test
    void shouldNeverStarve() {
        var random = new Random(SEED);
        for (int round = 0; round < 10; round++) {
            new World(random, 1 + round % 4, 1 + random.nextInt(4)).run();
        }
    }

    /** Workers that keep the rule themselves; a tenth of the intents must begin alone; the load is about half. */
    private static final class World {

        private static final long MILLI = 1_000_000;
        private static final int INTENTS = 400;
        private static final int ANSWER_MILLIS = 60;

        private final Random random;
        private final int slots;
        private final Sent sent = new Sent();
        private final Matchmaker matchmaker = new Matchmaker(MatchRules.DEFAULT, sent, 0);
        private final List<String> names = new ArrayList<>();
        private final Map<String, Map<IntentKey, Long>> running = new TreeMap<>();
        private final Map<String, Boolean> wasCalm = new HashMap<>();
        private final Map<IntentKey, Long> placedAt = new HashMap<>();
        private final Map<IntentKey, Place> places = new HashMap<>();
        private long now = 10_000 * MILLI;
        private long longestWait;

        World(Random random, int workers, int slots) {
            this.random = random;
            this.slots = slots;
            for (int i = 0; i < workers; i++) {
                names.add("w" + i);
                running.put("w" + i, new HashMap<>());
            }
        }

        void run() {
            int gap = Math.max(1, 2 * 120 / (names.size() * slots));
            int next = 0;
            long limit = now + 600_000 * MILLI;
            while (next < INTENTS || !places.isEmpty()) {
                assertThat(now).as("seed %d: all come to an end", SEED).isLessThan(limit);
                now += MILLI;
                long millis = now / MILLI;
                if (millis % 500 == 0) {
                    names.forEach(each ->
                            matchmaker.receive(Workers.announcement(each, 1, load(each), Workers.offers("chat")), now));
                }
                if (millis % 100 == 0) {
                    matchmaker.tick(now);
                }
                if (millis > 10_500 && next < INTENTS && random.nextInt(gap) == 0) {
                    place(next++);
                }
                names.forEach(this::end);
                names.forEach(this::begin);
                deliver();
            }
            assertThat(longestWait / MILLI)
                    .as("seed %d: longest wait, ms", SEED)
                    .isLessThan(60_000);
        }

        private void place(int number) {
            var intent = Intents.chat(number).by("u" + random.nextInt(7));
            Place place = random.nextInt(10) == 0 ? alone(intent) : intent.place();
            places.put(place.intent().key(), place);
            placedAt.put(place.intent().key(), now);
            matchmaker.receive(place, now);
        }

        private boolean isAlone(String worker) {
            return running.get(worker).keySet().stream()
                    .anyMatch(each -> places.get(each).alone() && !hasBegun(worker, each));
        }

        /** An answer begins half-way. */
        private boolean hasBegun(String worker, IntentKey key) {
            return running.get(worker).get(key) - now < ANSWER_MILLIS * MILLI;
        }

        private boolean haveAllBegun(String worker) {
            return running.get(worker).keySet().stream().allMatch(each -> hasBegun(worker, each));
        }

        /** A worker says when the last one has begun. */
        private void begin(String worker) {
            boolean calm = haveAllBegun(worker);
            if (calm && !Boolean.TRUE.equals(wasCalm.put(worker, true))) {
                matchmaker.receive(new WorkerReport(new WorkerId(worker), load(worker), List.of(), List.of()), now);
            } else {
                wasCalm.put(worker, calm);
            }
        }

        private Load load(String worker) {
            return new Load(slots, isAlone(worker) ? slots : running.get(worker).size(), false);
        }

        private void end(String worker) {
            List<IntentKey> over = running.get(worker).entrySet().stream()
                    .filter(each -> each.getValue() <= now)
                    .map(Map.Entry::getKey)
                    .toList();
            for (IntentKey key : over) {
                running.get(worker).remove(key);
                places.remove(key);
                var ended = new Ended(key, QueryType.CHAT, Outcome.COMPLETED, 100);
                matchmaker.receive(
                        new WorkerReport(new WorkerId(worker), load(worker), List.of(), List.of(ended)), now);
            }
        }

        private void deliver() {
            while (!sent.assigned.isEmpty()) {
                Sent.Assigned each = sent.assigned.removeFirst();
                String worker = each.worker().value();
                Map<IntentKey, Long> mine = running.get(worker);
                boolean fits = load(worker).free() > 0 && (!each.place().alone() || haveAllBegun(worker));
                if (!fits) {
                    matchmaker.receive(
                            new Refused(
                                    each.worker(),
                                    load(worker),
                                    each.key(),
                                    each.place().attempt(),
                                    Reason.NO_FREE_SLOT),
                            now);
                    continue;
                }
                mine.put(each.key(), now + (20 + random.nextInt(200)) * MILLI);
                longestWait = Math.max(longestWait, now - placedAt.get(each.key()));
                matchmaker.receive(new WorkerReport(each.worker(), load(worker), List.of(each.key()), List.of()), now);
            }
        }
    }
}
