// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.process.Conditions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All kinds of faults under a steady load, in an order that the seed decides. Sometimes two strike at once; the next
 * waits until the realm is whole again.
 */
final class MixedFaults implements Scenario {

    private static final Logger LOGGER = LoggerFactory.getLogger(MixedFaults.class);

    private static final Crowd.Load LOAD = new Crowd.Load(20, 300, 3_000, 0, true);
    private static final double AT_ONCE = 0.3;
    private static final Duration BREATH = Duration.ofMillis(500);
    private static final Duration REST = Duration.ofMinutes(30);

    @Override
    public Outcome play(Effort effort) {
        var notes = new Outcome.Notes("mixed faults");
        var random = new Random(effort.seed());
        Deque<Fault> faults = new ArrayDeque<>(Fault.mixed(effort.kills(), random));
        faults.forEach(fault -> notes.plan(fault.label(), 1));
        List<Double> healed = new ArrayList<>();
        try (Stage stage = Stage.set(Stage.Cast.of(effort, 3, 6, 40))) {
            var strikes = new Strikes(stage, notes, random);
            stage.crowd().start(LOAD);
            Conditions.pass(BREATH);
            while (!faults.isEmpty()) {
                healed.add(round(faults, strikes, stage, random));
                Conditions.pass(BREATH);
            }
            Conditions.await("enough intents", REST, () -> stage.crowd().sent() >= effort.intents());
            notes.add(Figure.millis("whole again, from the last process that was replaced", "15,000", healed));
            return stage.end(notes);
        }
    }

    private static double round(Deque<Fault> faults, Strikes strikes, Stage stage, Random random) {
        List<Fault> now = new ArrayList<>(List.of(faults.removeFirst()));
        Fault next = faults.peekFirst();
        if (next != null && random.nextDouble() < AT_ONCE && !next.strikesLike(now.getFirst())) {
            now.add(faults.removeFirst());
        }
        now.forEach(strikes::strike);
        Conditions.pass(now.stream().map(Fault::time).max(Duration::compareTo).orElse(Duration.ZERO));
        strikes.takeBack();
        double millis = stage.repair();
        LOGGER.atInfo()
                .addKeyValue("faults", now.stream().map(Fault::label).toList())
                .addKeyValue("healed", Math.round(millis))
                .addKeyValue("left", faults.size())
                .addKeyValue("sent", stage.crowd().sent())
                .addKeyValue("ended", stage.crowd().ended())
                .addKeyValue("errors", stage.crowd().failed())
                .log("struck");
        return millis;
    }
}
