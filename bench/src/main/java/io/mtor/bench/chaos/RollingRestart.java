// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.Part;
import io.mtor.realm.cluster.Role;
import java.time.Duration;
import java.util.List;

/**
 * Every process of a running cluster is replaced, one after the other, as an orchestrator does it: the new one is ready
 * before the old one is told to stop. Nobody may notice: no intent is lost, none ends in an error.
 */
final class RollingRestart implements Scenario {

    private static final Crowd.Load LOAD = new Crowd.Load(20, 400, 2_000, 0, true);
    private static final Duration BREATH = Duration.ofSeconds(1);

    @Override
    public Outcome play(Effort effort) {
        var notes = new Outcome.Notes("rolling restart");
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 3, 6, 40))) {
            stage.crowd().start(LOAD);
            Conditions.pass(BREATH);
            for (Role role : List.of(Role.DISPATCHER, Role.MONITOR, Role.WORKER, Role.GATEWAY)) {
                for (Part old : stage.cluster().alive(role)) {
                    notes.plan("SIGTERM " + role.label(), 1);
                    replace(old, stage, notes);
                }
            }
            stage.crowd().awaitEnds(Duration.ofSeconds(60));
            Outcome outcome = stage.end(notes);
            outcome.figures()
                    .add(Figure.value("errors", "intents", "0", outcome.tally().failed()));
            return outcome;
        }
    }

    private static void replace(Part old, Stage stage, Outcome.Notes notes) {
        stage.cluster().add(old.role());
        if (old.role() == Role.GATEWAY) {
            stage.sendUsersElsewhere(old);
        }
        old.terminate();
        if (old.exitCode() == 0) {
            notes.fired("SIGTERM " + old.role().label());
        }
        stage.repair();
        Conditions.pass(BREATH);
    }
}
