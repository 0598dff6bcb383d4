// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.gateway.testing.RunningGateway;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code POST /v1/embeddings}, in the shape that clients know. */
@Timeout(60)
class EmbeddingsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway("--gateway.limits.media=64KiB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static HttpResponse<String> post(String body) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/embeddings"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
    }

    /** The worker of these tests ends with what stands behind {@code whole}. */
    private static String making(String vectors, String more) {
        String text = "whole {\\\"embeddings\\\":" + vectors + "}";
        return "{\"model\":\"m\",\"input\":\"" + text + "\"" + more + "}";
    }

    @Test
    void shouldAnswerOneTextWithOneVector() throws IOException {
        // When
        HttpResponse<String> response = post(making("[[0.25,-1]]", ",\"user\":\"e-ada\",\"dimensions\":2"));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = JSON.readTree(response.body());
        assertThat(json.get("object").asText()).isEqualTo("list");
        assertThat(json.get("data").toString())
                .isEqualTo("[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.25,-1]}]");
        assertThat(json.get("model").asText()).isEqualTo("fake-model");
        assertThat(json.get("usage").toString()).isEqualTo("{\"prompt_tokens\":3,\"total_tokens\":3}");
        Intent placed = placedBy("e-ada");
        assertThat(placed.queryType()).isEqualTo(QueryType.EMBED);
        assertThat(placed.model()).isEqualTo("m");
        assertThat(placed.parameters().json()).isEqualTo("{\"dimensions\":2}");
        assertThat(placed.media()).isEmpty();
    }

    private static Intent placedBy(String user) {
        return gateway.realm.placed.entrySet().stream()
                .filter(entry -> entry.getKey().user().value().equals(user))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void shouldPackVectorsForClientsThatWantThemPacked() throws IOException {
        // When
        JsonNode json = JSON.readTree(
                post(making("[[0.25,-1]]", ",\"encoding_format\":\"base64\"")).body());

        // Then
        byte[] bytes = Base64.getDecoder().decode(json.at("/data/0/embedding").asText());
        ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes).hasSize(8);
        assertThat(floats.getFloat()).isEqualTo(0.25f);
        assertThat(floats.getFloat()).isEqualTo(-1f);
    }

    @Test
    void shouldHandOnManyTextsAsOneArray() throws IOException {
        // When: the worker is told nothing that it understands, and answers with it.
        HttpResponse<String> response = post("{\"input\":[\"one\",\"two\"],\"user\":\"e-bob\"}");

        // Then
        Intent placed = placedBy("e-bob");
        assertThat(placed.text()).isEmpty();
        assertThat(placed.media()).singleElement().satisfies(medium -> {
            assertThat(medium.mediaType()).isEqualTo("application/json");
            assertThat(new String(medium.data().array(), StandardCharsets.UTF_8))
                    .isEqualTo("[\"one\",\"two\"]");
        });
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(JSON.readTree(response.body()).at("/error/message").asText())
                .isEqualTo("the worker made 0 vectors of 2 texts");
    }

    @Test
    void shouldNameWhatIsWrong() throws IOException {
        for (String body : List.of(
                "[]",
                "{}",
                "{\"input\":\"\"}",
                "{\"input\":[]}",
                "{\"input\":[1,2]}",
                "{\"input\":[\"a\",[1]]}",
                "{\"input\":\"a\",\"encoding_format\":\"int8\"}",
                "{\"input\":\"a\",\"dimensions\":0}",
                "{\"input\":\"a\",\"model\":7}",
                "{\"input\":")) {
            HttpResponse<String> response = post(body);
            assertThat(response.statusCode()).as(body).isEqualTo(400);
            assertThat(JSON.readTree(response.body()).at("/error/code").asText())
                    .isEqualTo("bad-request");
        }
    }

    @Test
    void shouldSayWhenNobodyServesIt() throws IOException {
        HttpResponse<String> response = post("{\"input\":\"refuse\"}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(response.body()).at("/error/code").asText()).isEqualTo("impossible");
    }
}
