// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.dispatcher.testing.Chaos;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens, the books balance. A failing seed replays. Breakers and ramps hold slots back on purpose, so some
 * intents must end well before all slots can be counted.
 */
class ChaosTest {

    private static final int SEEDS = 250;
    private static final int STEPS = 400;

    @Test
    void shouldLoseNoIntentAndNoSlotWhateverHappens() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var chaos = new Chaos(seed);
            chaos.run(STEPS);

            chaos.calm();

            assertThat(chaos.unsettled())
                    .as("open but not waiting, seed %d", seed)
                    .isLessThanOrEqualTo(chaos.waiting());
            assertThat(chaos.stats().unanswered())
                    .as("unanswered, seed %d", seed)
                    .isZero();
        }
    }

    @Test
    void shouldServeAllThatWaitsAndHaveEverySlotFreeInTheEnd() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var chaos = new Chaos(seed);
            chaos.run(STEPS);
            chaos.calm();
            chaos.finishSome();

            chaos.finish();

            assertThat(chaos.waiting()).as("waiting, seed %d", seed).isZero();
            assertThat(chaos.unsettled()).as("open, seed %d", seed).isZero();
            assertThat(chaos.stats().freeSlots())
                    .as("free slots, seed %d", seed)
                    .isEqualTo(chaos.slots());
        }
    }

    @Test
    void shouldLeaveNoSlotFreeForWhichSomethingWaits() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var chaos = new Chaos(seed);
            chaos.run(STEPS);
            chaos.calm();
            chaos.finishSome();

            assertThat(chaos.freeTypes())
                    .as("types with free slots, seed %d", seed)
                    .doesNotContainAnyElementsOf(chaos.stats().waiting().keySet());
        }
    }
}
