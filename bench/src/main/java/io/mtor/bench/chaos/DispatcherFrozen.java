// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The dispatcher that places everything stands still for so long that the cluster expels it, and goes on: it announces
 * itself then before the gateways' messages can reach it. The other one places what they want.
 */
final class DispatcherFrozen implements Scenario {

    private static final Crowd.Load LOAD = Crowd.Load.even(30, 200);
    private static final Duration BREATH = Duration.ofSeconds(1);
    private static final Duration FROZEN = Duration.ofSeconds(12);
    private static final Duration AFTERWARDS = Duration.ofSeconds(20);

    @Override
    public Outcome play(Effort effort) {
        String fault = "SIGSTOP 12 s matchmaker";
        var notes = new Outcome.Notes("dispatcher frozen 12 s");
        notes.plan(fault, effort.kills());
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 2, 16, 20))) {
            List<Double> unplaced = new ArrayList<>();
            stage.crowd().start(LOAD);
            for (int i = 0; i < effort.kills(); i++) {
                Conditions.pass(BREATH);
                Part victim = stage.matchmaker();
                long at = System.nanoTime();
                victim.freeze();
                Conditions.pass(FROZEN);
                victim.thaw();
                notes.fired(fault);
                Conditions.pass(AFTERWARDS);
                unplaced.add(Recovery.longestUnplaced(stage.crowd().histories(), at, System.nanoTime()));
                stage.repair();
            }
            stage.crowd().awaitEnds(Duration.ofSeconds(60));
            notes.add(Figure.millis("longest until placed, then and in the 20 s after", "4,000", unplaced));
            return stage.end(notes);
        }
    }
}
