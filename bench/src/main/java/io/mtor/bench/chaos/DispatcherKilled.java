// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The dispatcher that places everything is killed with a hundred intents in its line; the other one takes them over. */
final class DispatcherKilled implements Scenario {

    private static final int WAITING = 100;
    private static final int SLOTS = 8;
    private static final Crowd.Load LOAD = Crowd.Load.even(1, 500);
    private static final Duration BREATH = Duration.ofSeconds(1);

    @Override
    public Outcome play(Effort effort) {
        String fault = "kill -9 matchmaker";
        var notes = new Outcome.Notes("dispatcher killed with " + WAITING + " waiting");
        notes.plan(fault, effort.kills());
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 2, SLOTS / 2, 20))) {
            List<Long> strikes = new ArrayList<>();
            for (int i = 0; i < effort.kills(); i++) {
                stage.crowd().burst(WAITING + 2 * SLOTS, LOAD);
                Conditions.pass(BREATH);
                Part victim = stage.matchmaker();
                strikes.add(System.nanoTime());
                victim.kill();
                notes.fired(fault);
                stage.crowd().awaitEnds(Duration.ofSeconds(60));
                stage.repair();
            }
            List<List<Double>> placed = strikes.stream()
                    .map(at -> Recovery.placed(stage.crowd().histories(), at))
                    .toList();
            notes.addAfterEach("in line again, or with a worker", "p99 1,000", placed);
            return stage.end(notes);
        }
    }
}
