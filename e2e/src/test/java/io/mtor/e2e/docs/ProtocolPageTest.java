// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.ProtocolException;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Timing;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProtocolPageTest {

    private static final Path GOLDEN = Page.ROOT.resolve("common/src/test/resources/golden");

    private static final List<Class<?>> INNER = List.of(
            ClientMessage.Seen.class,
            ServerMessage.DispatcherState.class,
            ServerMessage.GatewayState.class,
            ServerMessage.LineState.class,
            ServerMessage.WorkerState.class,
            Limits.class,
            Media.class,
            Offer.class,
            Timing.class,
            Turn.class,
            Usage.class);

    private final Page page = Page.of("docs/reference/protocol.md");

    @Test
    void shouldShowEveryGoldenFileAndNothingElse() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            List<String> golden = files.map(ProtocolPageTest::content).toList();

            assertThat(examples()).containsExactlyInAnyOrderElementsOf(golden);
        }
    }

    @Test
    void shouldShowMessagesThatCanBeRead() {
        var json = new ProtocolJson(Limits.DEFAULT);

        assertThat(examples())
                .allSatisfy(example -> assertThat(isRead(json, example)).isTrue());
    }

    @Test
    void shouldHaveAHeadingForEveryMessage() {
        assertThat(Stream.of(ClientMessage.class, ServerMessage.class).flatMap(ProtocolPageTest::types))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(page.lines())
                        .anyMatch(line -> line.startsWith("### ") && line.contains("`" + type + "`")));
    }

    @Test
    void shouldNameEveryField() {
        Stream<Class<?>> messages = Stream.of(ClientMessage.class, ServerMessage.class)
                .flatMap(each -> Arrays.stream(each.getPermittedSubclasses()));

        assertThat(Stream.concat(messages, INNER.stream()).flatMap(ProtocolPageTest::fields))
                .isNotEmpty()
                .allSatisfy(field -> assertThat(page.text()).contains("`" + field + "`"));
    }

    @Test
    void shouldSayWhatEveryCodeMeans() {
        assertThat(ErrorCode.values())
                .extracting(code -> String.format(
                        Locale.ROOT,
                        "| `%s` | %d | %s | ",
                        code.code(),
                        code.httpStatus(),
                        code.retryable() ? "yes" : "no"))
                .allSatisfy(row -> assertThat(page.lines()).anyMatch(line -> line.startsWith(row)));
    }

    private List<String> examples() {
        return page.lines().stream()
                .filter(line -> line.startsWith("{\"type\":"))
                .toList();
    }

    private static boolean isRead(ProtocolJson json, String example) {
        try {
            return ProtocolJson.decodeServer(example) != null;
        } catch (IllegalArgumentException notOfAGateway) {
            try {
                return json.decodeClient(example) != null;
            } catch (ProtocolException e) {
                return false;
            }
        }
    }

    private static Stream<String> types(Class<?> messages) {
        return Arrays.stream(messages.getAnnotation(JsonSubTypes.class).value()).map(JsonSubTypes.Type::name);
    }

    private static Stream<String> fields(Class<?> type) {
        var snakeCase = (PropertyNamingStrategies.NamingBase) PropertyNamingStrategies.SNAKE_CASE;
        return Arrays.stream(type.getRecordComponents()).map(each -> snakeCase.translate(each.getName()));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
