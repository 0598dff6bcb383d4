// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Sources;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The official Node client against the OpenAI-shaped face; {@code ./mtor test} installs it where npm is. */
class NodeClientE2E {

    private static final String WHOLE = "the realm is bre".repeat(8);

    private static final String CHAT = OpenAiClientE2E.simulated("answer", "100ms");

    private static final String EMBED = """
            [[agent.command]]
            name = "vectors"
            query_type = "embed"
            argv = ["printf", "{\\"embeddings\\":[[0.25,-1],[0.5,2]]}"]
            """;

    /** The folder whose {@code node_modules} has the client. */
    private static final Path CLIENT = Path.of(
                    System.getenv().getOrDefault("MTOR_TOOLS", System.getProperty("user.home") + "/.cache/mtor"))
            .resolve("openai-node");

    @BeforeAll
    static void findClient() {
        if (!Files.isDirectory(CLIENT.resolve("node_modules/openai"))) {
            String missing =
                    "OpenAI's Node client is not installed, so it is not tested. ./mtor test installs it where npm is.";
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(missing);
            }
            System.err.println("SKIPPED: " + missing);
            Assumptions.abort(missing);
        }
    }

    @Test
    void aPlainAnswerArrives() {
        try (var realm = TestRealm.start(CHAT)) {
            JsonNode said = run(realm, "sim-model", "plain");

            assertThat(said.path("text").asText()).isEqualTo(WHOLE);
            assertThat(said.path("finish").asText()).isEqualTo("stop");
        }
    }

    @Test
    void aStreamedAnswerArrivesInPieces() {
        try (var realm = TestRealm.start(CHAT)) {
            JsonNode said = run(realm, "sim-model", "streamed");

            assertThat(said.path("text").asText()).isEqualTo(WHOLE);
            assertThat(said.path("pieces").asInt()).isGreaterThan(8);
            assertThat(run(realm, "sim-model", "helper").path("text").asText()).isEqualTo(WHOLE);
        }
    }

    @Test
    void vectorsArriveInTheirOrder() {
        try (var realm = TestRealm.start(EMBED)) {
            for (String format : List.of("embedded", "embeddedAsNumbers")) {
                assertThat(run(realm, "auto", format).path("vectors").toString())
                        .isEqualTo("[[0.25,-1],[0.5,2]]");
            }
            assertThat(run(realm, "no-such-model", "embedded").path("status").asInt())
                    .isEqualTo(422);
        }
    }

    @Test
    void modelsAreListed() {
        try (var realm = TestRealm.start(CHAT)) {
            assertThat(run(realm, "sim-model", "models").path("models"))
                    .extracting(JsonNode::asText)
                    .contains("sim-model");
        }
    }

    @Test
    void anUnknownModelIsRefusedAndNamed() {
        try (var realm = TestRealm.start(CHAT)) {
            JsonNode said = run(realm, "no-such-model", "plain");

            assertThat(said.path("status").asInt()).isEqualTo(422);
            assertThat(said.path("code").asText()).isEqualTo("impossible");
            assertThat(said.path("error").asText()).contains("no-such-model");
        }
    }

    @Test
    void whatBreaksMidwayIsAnError() {
        try (var realm = TestRealm.start(OpenAiClientE2E.simulated("break-midway", "100ms"))) {
            assertThat(run(realm, "sim-model", "streamed").has("error")).isTrue();
            assertThat(run(realm, "sim-model", "helper").has("error")).isTrue();
        }
    }

    @Test
    void abortingFreesTheSlot() {
        try (var realm = TestRealm.start(OpenAiClientE2E.simulated("answer", "10m") + "chunks = 600\n");
                var watching = new TestUser("watching", realm.uri())) {
            assertThat(run(realm, "sim-model", "aborted").path("aborted").asBoolean())
                    .isTrue();

            Await.until("the slot to be free", () -> watching.realm().workers().stream()
                    .allMatch(worker -> worker.inFlight() == 0));
        }
    }

    private static JsonNode run(TestRealm realm, String model, String what) {
        try {
            Process node = new ProcessBuilder(
                            "node",
                            Sources.root()
                                    .resolve("e2e/src/test/node/openai-client.mjs")
                                    .toString(),
                            CLIENT.toString(),
                            realm.uri() + "/v1",
                            model,
                            what)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var out = node.getInputStream()) {
                return ProtocolJson.MAPPER.readTree(new String(out.readAllBytes(), StandardCharsets.UTF_8));
            } finally {
                node.destroyForcibly();
            }
        } catch (IOException e) {
            throw new AssertionError("node does not run", e);
        }
    }
}
