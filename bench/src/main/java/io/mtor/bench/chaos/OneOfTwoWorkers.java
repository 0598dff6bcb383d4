// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.history.History;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.Part;
import io.mtor.realm.cluster.Role;
import java.time.Duration;
import java.util.List;

/** Two workers, 50 intents a second of 200 ms; after five seconds one dies, or stands still until the end. */
final class OneOfTwoWorkers implements Scenario {

    private static final Crowd.Load LOAD = Crowd.Load.even(50, 200);
    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final double PATIENCE_MILLIS = 8_000;

    private final boolean kill;

    OneOfTwoWorkers(boolean kill) {
        this.kill = kill;
    }

    @Override
    public Outcome play(Effort effort) {
        String fault = kill ? "kill -9 worker" : "SIGSTOP worker";
        var notes = new Outcome.Notes("one of two workers " + (kill ? "killed" : "frozen"));
        notes.plan(fault, 1);
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 2, 16, 20))) {
            stage.crowd().start(LOAD);
            Conditions.pass(BEFORE);
            Part victim = stage.cluster().alive(Role.WORKER).getFirst();
            long at = System.nanoTime();
            if (kill) {
                victim.kill();
            } else {
                victim.freeze();
            }
            notes.fired(fault);
            Conditions.pass(effort.load().minus(BEFORE));
            stage.crowd().awaitEnds(Duration.ofSeconds(30));
            List<History> histories = stage.crowd().histories();
            notes.add(Figure.millis(
                    "new attempt accepted by the other",
                    kill ? "300" : "4,000",
                    Recovery.takenOver(histories, victim.workerPrefix(), at)));
            notes.add(Figure.value("without an answer for 8 s", "intents", "0", slow(histories)));
            return stage.end(notes);
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
