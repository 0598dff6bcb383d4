// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.history.History;
import io.mtor.bench.process.Child;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.Part;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.realm.cluster.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ten times as many intents as the workers can do, from users who wait five seconds at most. */
final class Overload implements Scenario {

    private static final int WORKERS = 2;
    private static final int SLOTS = 4;
    private static final int WORK_MILLIS = 200;
    private static final double CAPACITY = WORKERS * SLOTS * 1_000.0 / WORK_MILLIS;
    private static final double TIMES = 10;
    private static final Crowd.Load LOAD = new Crowd.Load(TIMES * CAPACITY, WORK_MILLIS, WORK_MILLIS, 5_000, false);
    private static final Crowd.Load NORMAL = Crowd.Load.even(CAPACITY / 2, WORK_MILLIS);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    @Override
    public Outcome play(Effort effort) {
        var notes = new Outcome.Notes(
                "load " + (int) TIMES + " x capacity for " + effort.load().toSeconds() + " s");
        try (Stage stage = Stage.set(Stage.Cast.of(effort, WORKERS, SLOTS, 200))) {
            Map<Part, Long> before = heaps(stage);
            stage.crowd().start(LOAD);
            Conditions.pass(SETTLING);
            long from = System.nanoTime();
            Conditions.pass(effort.load().minus(SETTLING));
            long until = System.nanoTime();
            stage.crowd().start(NORMAL);
            Map<Part, Long> after = heaps(stage);
            Conditions.pass(AFTERWARDS);
            stage.crowd().awaitEnds(Duration.ofSeconds(60));
            List<History> histories = stage.crowd().histories();
            double share = results(histories, from, until) / (Recovery.millis(from, until) / 1_000 * CAPACITY);
            notes.add(Figure.value("goodput, of capacity", "%", "95", share * 100));
            notes.add(Figure.millis("refused after", "p99 100", refusals(histories, from, until)));
            after.forEach((part, heap) -> notes.add(Figure.value(
                    "live heap of " + part + ", grown by",
                    "MiB",
                    "64",
                    (heap - before.getOrDefault(part, 0L)) / 1024.0)));
            notes.add(Figure.value("normal again after", "ms", "10,000", lastSlow(histories, until)));
            return stage.end(notes);
        }
    }

    private static Map<Part, Long> heaps(Stage stage) {
        Map<Part, Long> heaps = new LinkedHashMap<>();
        List<Part> parts = new ArrayList<>(stage.cluster().alive(Role.GATEWAY));
        parts.addAll(stage.cluster().alive(Role.DISPATCHER));
        parts.forEach(part -> heaps.put(part, Child.liveHeapKib(part.pid())));
        return heaps;
    }

    private static long results(List<History> histories, long from, long until) {
        return histories.stream()
                .filter(History::hasResult)
                .flatMap(history -> history.end().stream())
                .filter(end -> end.atNanos() >= from && end.atNanos() < until)
                .count();
    }

    private static List<Double> refusals(List<History> histories, long from, long until) {
        return histories.stream()
                .filter(history -> history.sentAt() >= from && history.sentAt() < until)
                .filter(history ->
                        history.firstAfter(from, ServerMessage.Queued.class).isEmpty())
                .flatMap(history -> history.firstAfter(from, ServerMessage.Failure.class).stream()
                        .map(end -> Recovery.millis(history.sentAt(), end.atNanos())))
                .toList();
    }

    /** When the last intent was sent that took twice its time, in milliseconds from the end of the load. */
    private static double lastSlow(List<History> histories, long until) {
        return histories.stream()
                .filter(history -> history.sentAt() > until)
                .filter(history -> !history.hasResult()
                        || history.end().stream()
                                .anyMatch(end -> Recovery.millis(history.sentAt(), end.atNanos()) > 2 * WORK_MILLIS))
                .mapToDouble(history -> Recovery.millis(until, history.sentAt()))
                .max()
                .orElse(0);
    }
}
