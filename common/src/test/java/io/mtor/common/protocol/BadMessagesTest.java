// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client may get wrong: each is answered with a code and a text that names the field and none of our classes. */
class BadMessagesTest {

    private static final Path TABLE = Path.of("src/test/resources/protocol/bad-client-messages.jsonl");

    private static final String GUID = "0b5c6e3a-9c1d-4f62-8a57-2f9d3f1c7e10";

    private final ProtocolJson json = new ProtocolJson(Limits.DEFAULT);

    /** One line of the table. */
    record Bad(String frame, String code, String says) {

        @Override
        public String toString() {
            return frame.length() <= 100 ? frame : frame.substring(0, 100) + "…";
        }
    }

    static List<Bad> bad() throws IOException {
        var mapper = new ObjectMapper();
        return Files.readAllLines(TABLE, StandardCharsets.UTF_8).stream()
                .map(line -> {
                    try {
                        JsonNode row = mapper.readTree(line);
                        return new Bad(
                                row.get("frame").textValue(),
                                row.get("code").textValue(),
                                row.get("says").textValue());
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void shouldSayWhatIsWrong(Bad bad) {
        ProtocolException e = catchThrowableOfType(ProtocolException.class, () -> json.decodeClient(bad.frame()));

        assertThat(e).as("it was accepted").isNotNull();
        assertThat(e).hasMessageContaining(bad.says());
        assertThat(e.code().code()).isEqualTo(bad.code());
        if (!bad.frame().contains("io.mtor")) {
            assertThat(e.getMessage()).doesNotContain("io.mtor", "jackson", "JsonNode", "java.");
        }
    }

    @Test
    void shouldNameTheIntentWhereItCanBeRead() {
        ProtocolException e = catchThrowableOfType(
                ProtocolException.class,
                () -> json.decodeClient("{\"type\":\"work\",\"guid\":\"" + GUID + "\",\"query_type\":\"chat\"}"));

        assertThat(e.guid()).isEqualTo(new IntentId(GUID));
    }

    @Test
    void shouldKeepToTheLimitOfAMessageAndOfItsText() throws ProtocolException {
        // Given
        var small = new ProtocolJson(new Limits(300, 10, 1, 100, 1, 1));
        String start = "{\"type\":\"work\",\"guid\":\"" + GUID + "\",\"query_type\":\"chat\",\"query_text\":\"";

        // Then
        assertThat(small.decodeClient(start + "x".repeat(10) + "\"}")).isInstanceOf(ClientMessage.Work.class);
        assertTooLarge(small, start + "x".repeat(11) + "\"}", "query_text is longer than 10 characters");
        assertTooLarge(small, start + "x".repeat(300) + "\"}", "a message may have 300 bytes");
        String turn = "{\"role\":\"user\",\"content\":\"x\"}";
        assertTooLarge(
                small, start + "x\",\"conversation\":[" + turn + "," + turn + "]}", "conversation has more than 1");
    }

    private static void assertTooLarge(ProtocolJson json, String frame, String says) {
        ProtocolException e = catchThrowableOfType(ProtocolException.class, () -> json.decodeClient(frame));
        assertThat(e).hasMessageContaining(says);
        assertThat(e.code()).isEqualTo(ErrorCode.TOO_LARGE);
    }
}
