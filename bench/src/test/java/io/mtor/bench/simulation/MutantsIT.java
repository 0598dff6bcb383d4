// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Would the simulator notice? Plants faults in the real sources, one at a time, and waits for each to be found. */
class MutantsIT {

    private static final long FIRST_SEED = 1_000;
    private static final int MOST_WORLDS = 400;
    private static final int SOUND_WORLDS = 80;

    @Test
    void shouldFindEveryFaultThatIsPlanted(@TempDir Path into) throws Exception {
        Map<String, String> found = new TreeMap<>();
        int number = 0;
        for (Mutant mutant : Mutant.all()) {
            Path own = into.resolve("mutant" + number++);
            assertThat(own.toFile().mkdir()).isTrue();
            found.put(mutant.name(), Hunt.in(mutant.planted(own), FIRST_SEED, MOST_WORLDS, mutant.where()));
        }

        found.forEach((name, how) ->
                System.out.printf("%-66s %s%n", name, how.lines().findFirst().orElse("NOT FOUND")));
        assertThat(found).hasSizeGreaterThanOrEqualTo(20);
        assertThat(found.entrySet().stream()
                        .filter(each -> each.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .as("faults that were not found")
                .isEmpty();
    }

    @Test
    void shouldFindNothingWhereNoFaultIsPlanted(@TempDir Path empty) throws Exception {
        assertThat(Hunt.in(Mutant.loader(empty), FIRST_SEED, SOUND_WORLDS, "")).isEmpty();
    }
}
