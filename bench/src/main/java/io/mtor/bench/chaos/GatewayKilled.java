// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.process.Conditions;
import io.mtor.realm.cluster.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A gateway is killed in the middle of many answers; its users go on at the other one. */
final class GatewayKilled implements Scenario {

    private static final Crowd.Load LOAD = Crowd.Load.even(30, 1_500);
    private static final Duration BREATH = Duration.ofSeconds(3);
    private static final long NOTICED_NANOS = 2_000_000_000L;

    @Override
    public Outcome play(Effort effort) {
        String fault = "kill -9 gateway";
        var notes = new Outcome.Notes("gateway killed");
        notes.plan(fault, effort.kills());
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 2, 64, 100))) {
            List<Long> strikes = new ArrayList<>();
            stage.crowd().start(LOAD);
            for (int i = 0; i < effort.kills(); i++) {
                Conditions.pass(BREATH);
                strikes.add(System.nanoTime());
                stage.cluster().alive(Role.GATEWAY).getFirst().kill();
                notes.fired(fault);
                Conditions.pass(BREATH);
                stage.repair();
            }
            stage.crowd().awaitEnds(Duration.ofSeconds(60));
            List<List<Double>> resumed = strikes.stream()
                    .map(at -> Recovery.resumed(stage.crowd().histories(), at, at + NOTICED_NANOS))
                    .toList();
            notes.addAfterEach("open intents heard of again", "3,000", resumed);
            return stage.end(notes);
        }
    }
}
