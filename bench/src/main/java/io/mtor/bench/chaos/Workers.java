// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.history.History;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.Part;
import io.mtor.realm.cluster.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A worker-agent is killed, or stands still for a while; the others take over what it had. */
final class Workers implements Scenario {

    private static final Crowd.Load LOAD = Crowd.Load.even(30, 400);
    private static final Duration BREATH = Duration.ofSeconds(1);

    private final boolean kill;
    private final Duration frozen;

    private Workers(boolean kill, Duration frozen) {
        this.kill = kill;
        this.frozen = frozen;
    }

    static Workers killed() {
        return new Workers(true, Duration.ofSeconds(3));
    }

    static Workers frozen(int seconds) {
        return new Workers(false, Duration.ofSeconds(seconds));
    }

    /** One strike: whom, and when. */
    private record Strike(String prefix, long at, long until) {}

    @Override
    public Outcome play(Effort effort) {
        String fault = kill ? "kill -9 worker" : "SIGSTOP " + frozen.toSeconds() + " s worker";
        var notes = new Outcome.Notes(kill ? "worker killed" : "worker frozen " + frozen.toSeconds() + " s");
        notes.plan(fault, effort.kills());
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 3, 8, 20))) {
            List<Strike> strikes = new ArrayList<>();
            stage.crowd().start(LOAD);
            for (int i = 0; i < effort.kills(); i++) {
                Conditions.pass(BREATH);
                List<Part> workers = stage.cluster().alive(Role.WORKER);
                strikes.add(strike(workers.get(i % workers.size())));
                notes.fired(fault);
                stage.repair();
            }
            stage.crowd().awaitEnds(Duration.ofSeconds(60));
            measure(stage.crowd().histories(), strikes, notes);
            return stage.end(notes);
        }
    }

    private Strike strike(Part victim) {
        long at = System.nanoTime();
        if (kill) {
            victim.kill();
        } else {
            victim.freeze();
        }
        Conditions.pass(frozen);
        long until = System.nanoTime();
        if (!kill) {
            victim.thaw();
        }
        return new Strike(victim.workerPrefix(), at, until);
    }

    private void measure(List<History> histories, List<Strike> strikes, Outcome.Notes notes) {
        List<List<Double>> takenOver = new ArrayList<>();
        List<Double> inVain = new ArrayList<>();
        for (Strike strike : strikes) {
            takenOver.add(Recovery.takenOver(histories, strike.prefix, strike.at));
            inVain.add(Recovery.workInVain(histories, strike.at, strike.until));
        }
        notes.addAfterEach("new attempt accepted elsewhere", kill ? "p99 1,000" : "4,000", takenOver);
        notes.add(Figure.millis("no new work for it after", kill ? "" : "2,000", inVain));
    }
}
