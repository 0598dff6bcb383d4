// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtocolJsonTest {

    private static final String GUID = "0b5c6e3a-9c1d-4f62-8a57-2f9d3f1c7e10";

    private static final int MUTANTS = 20_000;

    private final ProtocolJson json = new ProtocolJson(Limits.DEFAULT);

    @Test
    void shouldReadTheFourMessagesOfTheSeed() throws Exception {
        // Given what the first clients of all sent, and nothing else
        String work = "{\"type\":\"work\",\"guid\":\"" + GUID
                + "\",\"query_type\":\"chat\",\"query_text\":\"Hello\",\"user_id\":\"ada\"}";

        // Then
        assertThat(json.decodeClient(work))
                .isEqualTo(ClientMessage.Work.of(new IntentId(GUID), QueryType.CHAT, "Hello", new UserId("ada")));
        assertThat(json.decodeClient("{\"type\":\"ping\",\"guid\":\"box\"}")).isEqualTo(new ClientMessage.Ping("box"));
        assertThat(json.decodeClient("{\"type\":\"pong\",\"guid\":\"box\"}")).isEqualTo(new ClientMessage.Pong("box"));

        var result = new ServerMessage.Result(
                new IntentId(GUID),
                "Hi.",
                new WorkerId("w"),
                null,
                null,
                null,
                new Timing(null, null, null, null),
                null);
        var fields = new ObjectMapper().readTree(ProtocolJson.encode(result));
        assertThat(fields.get("type").textValue()).isEqualTo("result");
        assertThat(fields.get("guid").textValue()).isEqualTo(GUID);
        assertThat(fields.get("result_text").textValue()).isEqualTo("Hi.");
        assertThat(fields.get("worker_id").textValue()).isEqualTo("w");
    }

    @Test
    void shouldIgnoreWhatANewerClientSays() throws Exception {
        assertThat(json.decodeClient("{\"type\":\"cancel\",\"guid\":\"" + GUID + "\",\"why\":{\"a\":[null,1.5,true]}}"))
                .isEqualTo(new ClientMessage.Cancel(new IntentId(GUID), null));
        assertThat(json.decodeClient("{\"type\":\"hello\",\"have\":{\"" + GUID
                        + "\":{\"seq\":-1,\"worker_id\":\"w\",\"new\":1}},\"locale\":\"de\"}"))
                .isInstanceOf(ClientMessage.Hello.class);
    }

    @Test
    void shouldWatchUnlessToldOtherwise() throws Exception {
        assertThat(json.decodeClient("{\"type\":\"watch\",\"topic\":\"realm\"}"))
                .isEqualTo(new ClientMessage.Watch("realm", true));
        assertThat(json.decodeClient("{\"type\":\"watch\",\"topic\":\"realm\",\"on\":false}"))
                .isEqualTo(new ClientMessage.Watch("realm", false));
    }

    @Test
    void shouldHandParametersOnAsTheyAre() throws Exception {
        // Given
        String parameters = "{\"seed\":12345678901234567890123,\"t\":0.1,\"s\":\"1e9\",\"n\":null,\"l\":[1,[2]]}";

        // When
        var work = (ClientMessage.Work) json.decodeClient("{\"type\":\"work\",\"guid\":\"" + GUID
                + "\",\"query_type\":\"chat\",\"query_text\":\"Hi\",\"parameters\":" + parameters + "}");

        // Then
        assertThat(work.parameters()).isEqualTo(new Parameters(parameters));
    }

    @Test
    void shouldNeverShowTextsInLogs() {
        assertThat(ProtocolSamples.ofClients().get("work")).asString().doesNotContain("What is");
        assertThat(ProtocolSamples.ofGateways().get("result")).asString().doesNotContain("Hello");
    }

    @Test
    void shouldRefuseWhatNoGatewaySays() {
        assertThatThrownBy(() -> ProtocolJson.decodeServer("{\"type\":\"work\"}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProtocolJson.decodeServer("nonsense")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldOnlyEverFailWithAProtocolException() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        List<String> frames = new ArrayList<>();
        ProtocolSamples.ofClients().values().forEach(each -> frames.add(ProtocolJson.encode(each)));

        for (int i = 0; i < MUTANTS; i++) {
            String mutant = mutated(frames.get(random.nextInt(frames.size())), frames, random);
            try {
                json.decodeClient(mutant);
            } catch (ProtocolException e) {
                if (!mutant.contains("mtor")) {
                    assertThat(e.getMessage())
                            .as("seed %d: %s", seed, mutant)
                            .doesNotContain("io.mtor", "com.fasterxml", "ClientMessage", "JsonNode");
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + mutant, e);
            }
        }
    }

    private static final String[] PIECES = {
        "null",
        "true",
        "{}",
        "[]",
        "\"\"",
        "1e999999999",
        "-0",
        "9".repeat(900),
        "\\u0000",
        "\\ud800",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"guid\"",
        "\"type\":\"work\",",
        "\u0000",
        "\ud83d",
        "é",
        "99999999999",
        "1.5",
        "\"have\":{",
        "//"
    };

    private static String mutated(String frame, List<String> frames, Random random) {
        var text = new StringBuilder(frame);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + 1 + random.nextInt(20));
            switch (random.nextInt(6)) {
                case 0 -> text.setLength(at);
                case 1 -> text.delete(at, to);
                case 2 -> text.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
                case 3 -> text.insert(at, text.substring(at, to));
                case 4 -> text.replace(at, to, PIECES[random.nextInt(PIECES.length)]);
                default -> {
                    String other = frames.get(random.nextInt(frames.size()));
                    text.replace(at, text.length(), other.substring(random.nextInt(other.length())));
                }
            }
        }
        return text.toString();
    }

    @Test
    void shouldTakeAnErrorOfALaterVersionForAnInternalOne() {
        var known = new ServerMessage.Failure(IntentId.random(), ErrorCode.INTERNAL, "m", true, null);
        String later = ProtocolJson.encode(known).replace("\"internal\"", "\"of-later\"");

        assertThat(later).contains("of-later");
        assertThat(ProtocolJson.decodeServer(later)).isEqualTo(known);
    }
}
