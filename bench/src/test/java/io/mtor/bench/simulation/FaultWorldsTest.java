// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.simulation.world.FaultKind;
import io.mtor.bench.simulation.world.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Some worlds full of trouble; many more of them are tried by {@link FaultWorldsIT}. */
class FaultWorldsTest {

    private static final int INTENTS = 600;

    @Test
    void shouldKeepEveryLawInAFewWorlds() {
        long seed = Long.getLong("mtor.seed", 1);
        var campaign = new Campaign(seed, INTENTS, done -> {});

        Outcome outcome = campaign.run(8);

        assertThat(campaign.broken())
                .as("./mtor simulate faults --per-world %d --seed ... tells: %s", INTENTS, outcome.violations())
                .isEmpty();
        assertThat(outcome.faults()).isGreaterThan(100);
    }

    @Test
    void shouldMakeTheSameWorldOfTheSameSeed() {
        Plan plan = Plan.draw(42, INTENTS);

        Outcome once = new Episode(plan, false).run();
        Outcome again = new Episode(plan, true).run();

        assertThat(again.digest()).isEqualTo(once.digest());
        assertThat(again).isEqualTo(once);
        assertThat(new Episode(Plan.draw(43, INTENTS), false).run().digest()).isNotEqualTo(once.digest());
    }

    @Test
    void shouldLeaveAWorldAsItWasWhereAFaultOrAWishIsLeftOut() {
        Plan plan = Plan.draw(42, INTENTS);

        List<Wish> harmless = plan.wishes().stream()
                .filter(wish -> !wish.manner().poison())
                .limit(50)
                .toList();
        Plan fewer = plan.with(harmless, List.of());

        assertThat(fewer.hosts()).isEqualTo(plan.hosts());
        assertThat(new Episode(plan, false).run().fired())
                .containsKey(plan.faults().getFirst().kind());
        assertThat(new Episode(fewer, false).run().fired().keySet())
                .isSubsetOf(FaultKind.LOSS, FaultKind.DUPLICATION, FaultKind.DELAY);
    }
}
