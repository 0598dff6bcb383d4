// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.chaos.ChaosMain;
import io.mtor.bench.chaos.Effort;
import io.mtor.bench.chaos.Outcome;
import io.mtor.e2e.testing.Command;
import io.mtor.realm.cluster.Site;
import java.time.Duration;

/** Scenarios of {@code mtor chaos}, played with the jar that people start. No speed is asserted. */
final class Played {

    private static final long SEED = 20261126;

    private Played() {}

    /** Plays one, and checks what must be true of all: every fault was done, nothing was lost, shown twice, mixed or logged. */
    static Outcome wholly(String scenario, int kills) {
        Site site = Site.loopback(Command.jar().toString());
        Outcome outcome = ChaosMain.play(scenario, new Effort(site, kills, 500, Duration.ofSeconds(15), SEED));
        assertThat(outcome.missing()).as("faults that were not done").isEmpty();
        assertThat(outcome.tally().bad()).as("broken promises").isEmpty();
        assertThat(outcome.leaks()).as("logs with what a user wrote").isEmpty();
        assertThat(outcome.tally().intents()).isGreaterThan(100);
        return outcome;
    }
}
