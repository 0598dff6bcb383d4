// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.chaos.Outcome;
import org.junit.jupiter.api.Test;

/** Whatever is done to processes and connections: no intent is lost, shown twice or mixed. */
class ChaosE2E {

    @Test
    void nothingIsLostShownTwiceOrMixedWhileEveryKindOfProcessIsKilledAndStopped() {
        Outcome outcome = Played.wholly("mixed", 2);

        assertThat(outcome.losses()).as("connections lost").isPositive();
    }

    @Test
    void nobodyIsShownAnErrorWhileEveryProcessIsReplacedByAnother() {
        Outcome outcome = Played.wholly("rolling-restart", 1);

        assertThat(outcome.tally().errors()).isEmpty();
    }
}
