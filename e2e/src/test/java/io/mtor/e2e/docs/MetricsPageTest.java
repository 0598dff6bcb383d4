// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    /** What is counted is named in the code by a string of its own, such as {@code "mtor.first.chunk"}. */
    private static final Pattern METER =
            Pattern.compile("(?:builder|timer|counter|summary|gauge|gaugeCollectionSize)\\(\\s*\"(mtor\\.[a-z.]+)\"");

    @Test
    void shouldNameEveryMeter() throws IOException {
        Page page = Page.of("docs/reference/metrics.md");

        assertThat(meters()).isNotEmpty().allSatisfy(meter -> assertThat(page.text())
                .contains("`" + meter.replace('.', '_')));
    }

    private static List<String> meters() throws IOException {
        try (Stream<Path> files = Files.walk(Page.ROOT)) {
            return files.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .flatMap(file -> METER.matcher(read(file)).results())
                    .map(found -> found.group(1))
                    .distinct()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
