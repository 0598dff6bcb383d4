// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.DispatcherBound.Ended;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.DispatcherBound.WorkerReport;
import io.mtor.common.bus.Load;
import io.mtor.dispatcher.testing.Intents;
import io.mtor.dispatcher.testing.Sent;
import io.mtor.dispatcher.testing.Workers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A worker that fails fast looks idle and must not attract the world. */
class OutlierTest {

    private static final long MILLI = 1_000_000;
    private static final int SECONDS = 60;
    private static final int PER_SECOND = 50;

    private final Sent sent = new Sent();
    private final Matchmaker matchmaker = new Matchmaker(MatchRules.DEFAULT, sent, 0);
    private final Map<String, Integer> touched = new HashMap<>();
    private long now = 10_000 * MILLI;

    private record Running(Sent.Assigned what, long endsAt) {}

    private final Deque<Running> running = new ArrayDeque<>();
    private final Map<String, Integer> busy = new HashMap<>();

    private int number;

    private final Deque<Running> swallowed = new ArrayDeque<>();

    /** One minute of intents: what fails, does so at once; what does not, takes 75 ms, so that the others have much to do. */
    private void run(Function<String, Outcome> ending, String... workers) {
        for (int millis = 0; millis < SECONDS * 1_000; millis++) {
            now += MILLI;
            if (millis % 1_000 == 0) {
                for (String each : workers) {
                    matchmaker.receive(Workers.announcement(each, 1, load(each), Workers.offers("chat")), now);
                }
            }
            if (millis % 100 == 0) {
                matchmaker.tick(now);
            }
            if (millis % (1_000 / PER_SECOND) == 0) {
                matchmaker.receive(Intents.chat(++number).place(), now);
            }
            begin(ending);
            while (!running.isEmpty() && running.getFirst().endsAt <= now) {
                end(running.removeFirst().what, Outcome.COMPLETED);
            }
            while (!swallowed.isEmpty() && swallowed.getFirst().endsAt <= now) {
                giveUp(swallowed.removeFirst().what);
            }
        }
    }

    private Load load(String worker) {
        return new Load(4, busy.getOrDefault(worker, 0), false);
    }

    private void begin(Function<String, Outcome> ending) {
        while (!sent.assigned.isEmpty()) {
            Sent.Assigned each = sent.assigned.removeFirst();
            String worker = each.worker().value();
            touched.merge(worker, 1, Integer::sum);
            busy.merge(worker, 1, Integer::sum);
            Outcome outcome = ending.apply(worker);
            if (worker.equals("hole")) {
                swallow(each);
            } else if (outcome == Outcome.COMPLETED) {
                matchmaker.receive(new WorkerReport(each.worker(), load(worker), List.of(each.key()), List.of()), now);
                running.add(new Running(each, now + 75 * MILLI));
            } else {
                end(each, outcome);
            }
        }
    }

    /** It accepts, seems to be idle, and that is all. */
    private void swallow(Sent.Assigned what) {
        busy.remove("hole");
        matchmaker.receive(new WorkerReport(what.worker(), load("hole"), List.of(what.key()), List.of()), now);
        swallowed.add(new Running(what, now + 3_300 * MILLI));
    }

    /** Its gateway has heard nothing of it. */
    private void giveUp(Sent.Assigned what) {
        Place place = what.place();
        matchmaker.receive(
                new Place(place.intent(), place.gateway(), place.attempt() + 1, List.of(what.worker()), 600_000), now);
    }

    private void end(Sent.Assigned what, Outcome outcome) {
        String worker = what.worker().value();
        busy.merge(worker, -1, Integer::sum);
        var ended = new Ended(what.key(), what.place().intent().queryType(), outcome, 1);
        matchmaker.receive(new WorkerReport(what.worker(), load(worker), List.of(what.key()), List.of(ended)), now);
    }

    private static Outcome badFails(String worker) {
        return worker.startsWith("bad") ? Outcome.FAILED : Outcome.COMPLETED;
    }

    @Test
    void shouldTouchAHundredthOfTheIntentsAtMost() {
        run(OutlierTest::badFails, "bad", "good");

        assertThat(touched.get("bad")).isBetween(3, SECONDS * PER_SECOND / 100);
        assertThat(touched.get("good")).isGreaterThan(SECONDS * PER_SECOND * 98 / 100);
    }

    /** It takes its share until it is given up for the first time. */
    @Test
    void shouldTouchAHundredthOfTheIntentsAtMostWithAWorkerThatSwallowsThem() {
        run(worker -> Outcome.COMPLETED, "hole", "good");
        int first = touched.get("hole");
        assertThat(first).isLessThan(5 * PER_SECOND);

        run(worker -> Outcome.COMPLETED, "hole", "good");

        assertThat(touched.get("hole") - first).isBetween(1, SECONDS * PER_SECOND / 100);
        assertThat(touched.get("good")).isEqualTo(2 * SECONDS * PER_SECOND - swallowed.size());
    }

    @Test
    void shouldGoOnTryingAllWhereMostOfThemFail() {
        run(OutlierTest::badFails, "bad-1", "bad-2", "bad-3", "good");

        assertThat(touched.get("bad-1")).isGreaterThan(SECONDS / 4);
        assertThat(touched.get("good")).isGreaterThan(SECONDS * PER_SECOND * 8 / 10);
    }

    @Test
    void shouldNotHoldTheUsersFaultsAgainstAWorker() {
        run(worker -> worker.equals("a") ? Outcome.CLIENT_ERROR : Outcome.COMPLETED, "a", "b");

        assertThat(touched.get("a")).isGreaterThan(SECONDS * PER_SECOND / 4);
    }
}
