// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.dispatcher.testing.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the stories in {@code src/test/resources/scenarios}; {@link Scenario} says how they are written. With {@code
 * -Dmtor.scenarios.rewrite=true} it writes down what happens instead: the difference is for review.
 */
class ScenarioTest {

    private static final Path STORIES = Path.of("src/test/resources/scenarios");

    @TestFactory
    List<DynamicTest> shouldHappenAsWritten() throws IOException {
        try (Stream<Path> files = Files.list(STORIES)) {
            return files.sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)))
                    .toList();
        }
    }

    private static void run(Path file) throws IOException {
        String story = Files.readString(file);

        if (Boolean.getBoolean("mtor.scenarios.rewrite")) {
            Files.writeString(file, Scenario.retold(story));
            return;
        }
        assertThat(Scenario.retold(story)).isEqualTo(story);
    }
}
