// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Two versions side by side: the bytes that the first version wrote, held by files that never change, are read by this
 * one, and what this one writes is read by the first.
 */
class BusGoldenTest {

    private static final Path FILES = Path.of("src/test/resources/bus/first");

    /** The sample and the file of its bytes; a second sample of the same message is its minimal form. */
    private static Map<String, BusMessage> samples() {
        Map<String, BusMessage> samples = new HashMap<>();
        for (BusMessage each : BusSamples.all()) {
            String name = each.getClass().getSimpleName();
            samples.put(samples.containsKey(name) ? name + "-minimal" : name, each);
        }
        return samples;
    }

    @TestFactory
    Stream<DynamicTest> shouldReadWhatTheFirstVersionWrote() {
        return samples().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.getKey(), () -> assertThat(BusFormat.CODEC.decode(golden(sample.getKey())))
                                .isEqualTo(sample.getValue())));
    }

    @Test
    void shouldHoldTheBytesOfEveryMessageOfTheFirstVersion() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".hex", "")))
                    .containsExactlyInAnyOrderElementsOf(samples().keySet());
        }
        Set<Class<?>> kinds = samples().values().stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(kinds).hasSize(FirstVersion.MESSAGES.size());
    }

    @TestFactory
    Stream<DynamicTest> shouldBeReadByTheFirstVersion() {
        return samples().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    byte[] today = BusFormat.CODEC.encode(FirstVersion.withAllThatCameLater(sample.getValue()));
                    assertThat(FirstVersion.CODEC.decode(today))
                            .isEqualTo(FirstVersion.CODEC.decode(golden(sample.getKey())));
                }));
    }

    private static byte[] golden(String name) throws IOException {
        return HexFormat.of()
                .parseHex(Files.readString(FILES.resolve(name + ".hex")).replaceAll("\\s", ""));
    }
}
