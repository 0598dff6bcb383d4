// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The JSON of every message, held byte for byte by files: what changes here changes for every client. */
class GoldenTest {

    private static final Path FILES = Path.of("src/test/resources/golden");

    private final ProtocolJson json = new ProtocolJson(Limits.DEFAULT);

    @TestFactory
    Stream<DynamicTest> shouldReadAndWriteWhatClientsSend() {
        return tests(ProtocolSamples.ofClients(), ProtocolJson::encode, frame -> {
            try {
                return json.decodeClient(frame);
            } catch (ProtocolException e) {
                throw new AssertionError(e);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> shouldReadAndWriteWhatGatewaysSend() {
        return tests(ProtocolSamples.ofGateways(), ProtocolJson::encode, ProtocolJson::decodeServer);
    }

    private static <M> Stream<DynamicTest> tests(
            Map<String, M> samples, Function<M, String> encode, Function<String, M> decode) {
        return samples.entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> {
                    String golden = golden(sample.getKey());
                    assertThat(encode.apply(sample.getValue())).isEqualTo(golden);
                    assertThat(decode.apply(golden)).isEqualTo(sample.getValue());
                }));
    }

    @Test
    void shouldHaveASampleOfEveryMessage() {
        assertThat(kinds(ProtocolSamples.ofClients()))
                .containsExactlyInAnyOrder(ClientMessage.class.getPermittedSubclasses());
        assertThat(kinds(ProtocolSamples.ofGateways()))
                .containsExactlyInAnyOrder(ServerMessage.class.getPermittedSubclasses());
    }

    private static Set<Class<?>> kinds(Map<String, ?> samples) {
        return samples.values().stream().map(Object::getClass).collect(Collectors.toSet());
    }

    @Test
    void shouldHoldNoFileThatNothingReads() throws IOException {
        Set<String> expected = new TreeSet<>(ProtocolSamples.ofClients().keySet());
        expected.addAll(ProtocolSamples.ofGateways().keySet());
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String golden(String name) throws IOException {
        return Files.readString(FILES.resolve(name + ".json"), StandardCharsets.UTF_8)
                .stripTrailing();
    }
}
