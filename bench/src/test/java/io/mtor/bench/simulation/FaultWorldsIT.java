// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.simulation.world.FaultKind;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand intents in worlds full of trouble, the same ones each time; every kind of trouble must have struck. For
 * other worlds there is {@code ./mtor simulate faults}, and {@code -Dmtor.seed}.
 */
class FaultWorldsIT {

    private static final int INTENTS = 1_500;
    private static final int WORLDS = 70;

    @Test
    void shouldKeepEveryLawWhateverGoesWrong() {
        long seed = Long.getLong("mtor.seed", 1);
        var campaign = new Campaign(seed, INTENTS, done -> {});

        Outcome outcome = campaign.run(WORLDS);

        System.out.printf(
                "%d intents, %d faults, %.4f executions per intent; -Dmtor.seed=%d%n",
                outcome.intents(), outcome.faults(), (double) outcome.runs() / outcome.intents(), seed);
        if (!campaign.broken().isEmpty()) {
            new Story(campaign.broken().getFirst(), INTENTS).tell(System.out);
        }
        assertThat(campaign.broken())
                .as("./mtor simulate replay --seed ... tells; the first is %s", outcome.violations())
                .isEmpty();
        assertThat(outcome.intents()).isGreaterThan(100_000);
        assertThat(outcome.fired()).containsOnlyKeys(FaultKind.values());
    }
}
