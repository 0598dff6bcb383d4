// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.history.History;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.Part;
import io.mtor.realm.cluster.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two workers, 50 intents a second of 200 ms; again and again one dies, or stands still for a while. */
final class OneOfTwoWorkers implements Scenario {

    private static final Crowd.Load LOAD = Crowd.Load.even(50, 200);
    private static final Duration BREATH = Duration.ofSeconds(3);
    private static final Duration KILLED = Duration.ofSeconds(4);
    private static final Duration FROZEN = Duration.ofSeconds(12);
    private static final double PATIENCE_MILLIS = 8_000;

    private final boolean kill;

    OneOfTwoWorkers(boolean kill) {
        this.kill = kill;
    }

    @Override
    public Outcome play(Effort effort) {
        String fault = kill ? "kill -9 worker" : "SIGSTOP worker";
        var notes = new Outcome.Notes("one of two workers " + (kill ? "killed" : "frozen"));
        notes.plan(fault, effort.kills());
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 2, 16, 20))) {
            stage.crowd().start(LOAD);
            Map<Part, Long> struck = new LinkedHashMap<>();
            for (int i = 0; i < effort.kills(); i++) {
                Conditions.pass(BREATH);
                Part victim = stage.cluster().alive(Role.WORKER).getFirst();
                struck.put(victim, System.nanoTime());
                strike(victim);
                notes.fired(fault);
                stage.repair();
            }
            stage.crowd().awaitEnds(Duration.ofSeconds(30));
            List<History> histories = stage.crowd().histories();
            List<List<Double>> takenOver = new ArrayList<>();
            struck.forEach((victim, at) -> takenOver.add(Recovery.takenOver(histories, victim.workerPrefix(), at)));
            notes.addAfterEach("new attempt accepted by the other", kill ? "300" : "4,000", takenOver);
            notes.add(Figure.value("without an answer for 8 s", "intents", "0", slow(histories)));
            return stage.end(notes);
        }
    }

    private void strike(Part victim) {
        if (kill) {
            victim.kill();
            Conditions.pass(KILLED);
        } else {
            victim.freeze();
            Conditions.pass(FROZEN);
            victim.kill();
        }
    }

    private static double slow(List<History> histories) {
        return histories.stream()
                .filter(history -> history.end()
                        .filter(end -> Recovery.millis(history.sentAt(), end.atNanos()) <= PATIENCE_MILLIS)
                        .isEmpty())
                .count();
    }
}
