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
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code POST /v1/rerank}, in the shape that clients know. */
@Timeout(60)
class RerankIT {

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
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/rerank"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json"));
    }

    /** The worker of these tests ends with what stands behind {@code whole}. */
    private static String scoring(String results, String more) {
        String query = "whole {\\\"results\\\":" + results.replace("\"", "\\\"") + "}";
        return "{\"model\":\"m\",\"query\":\"" + query + "\"" + more + "}";
    }

    private static String error(HttpResponse<String> response, String field) throws IOException {
        return JSON.readTree(response.body()).at("/error/" + field).asText();
    }

    @Test
    void shouldPutTheBestFirst() throws IOException {
        // When
        HttpResponse<String> response = post(
                scoring(
                        "[{\"index\":0,\"relevance_score\":-2},{\"index\":2,\"relevance_score\":0.25},{\"index\":1,\"relevance_score\":0.5}]",
                        ",\"documents\":[\"a\",{\"text\":\"b\"},\"c\"],\"top_n\":2,\"return_documents\":true,\"user\":\"r-ada\""));

        // Then
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = JSON.readTree(response.body());
        assertThat(json.get("results").toString())
                .isEqualTo("[{\"index\":1,\"relevance_score\":0.5,\"document\":{\"text\":\"b\"}},"
                        + "{\"index\":2,\"relevance_score\":0.25,\"document\":{\"text\":\"c\"}}]");
        assertThat(json.get("model").asText()).isEqualTo("fake-model");
        assertThat(json.get("usage").toString()).isEqualTo("{\"total_tokens\":3}");
        Intent placed = gateway.realm.placed.entrySet().stream()
                .filter(entry -> entry.getKey().user().value().equals("r-ada"))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(json.get("id").asText()).isEqualTo(placed.key().guid().value());
        assertThat(placed.queryType()).isEqualTo(QueryType.RERANK);
        assertThat(placed.model()).isEqualTo("m");
        assertThat(placed.parameters().json()).isEqualTo("{\"top_n\":2}");
        assertThat(placed.media()).singleElement().satisfies(medium -> assertThat(
                        new String(medium.data().array(), StandardCharsets.UTF_8))
                .isEqualTo("[\"a\",\"b\",\"c\"]"));
    }

    @Test
    void shouldRepeatNoDocumentUnlessAsked() throws IOException {
        HttpResponse<String> response =
                post(scoring("[{\"index\":0,\"relevance_score\":1}]", ",\"documents\":[\"a\"],\"top_n\":9"));

        assertThat(JSON.readTree(response.body()).get("results").toString())
                .isEqualTo("[{\"index\":0,\"relevance_score\":1}]");
    }

    @Test
    void shouldNotHandOnScoresThatAreNone() throws IOException {
        for (String results : List.of(
                "[]",
                "7",
                "[{\"index\":0,\"relevance_score\":1}]",
                "[{\"index\":0,\"relevance_score\":1},{\"index\":0,\"relevance_score\":1}]",
                "[{\"index\":0,\"relevance_score\":1},{\"index\":2,\"relevance_score\":1}]",
                "[{\"index\":0,\"relevance_score\":1},{\"index\":1,\"relevance_score\":true}]")) {
            HttpResponse<String> response = post(scoring(results, ",\"documents\":[\"a\",\"b\"]"));

            assertThat(response.statusCode()).as(results).isEqualTo(502);
            assertThat(error(response, "message")).isEqualTo("the worker did not give a score to each of 2 documents");
        }
    }

    @Test
    void shouldNameWhatIsWrong() throws IOException {
        for (String[] each : new String[][] {
            {"[]", "the body must be"},
            {"{\"documents\":[\"a\"]}", "query"},
            {"{\"query\":\" \",\"documents\":[\"a\"]}", "query"},
            {"{\"query\":\"q\"}", "documents"},
            {"{\"query\":\"q\",\"documents\":[]}", "documents"},
            {"{\"query\":\"q\",\"documents\":\"a\"}", "documents"},
            {"{\"query\":\"q\",\"documents\":{\"text\":\"a\"}}", "documents"},
            {"{\"query\":\"q\",\"documents\":[\"a\",7]}", "documents"},
            {"{\"query\":\"q\",\"documents\":[{\"title\":\"a\"}]}", "documents"},
            {"{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":0}", "top_n"},
            {"{\"query\":\"q\",\"documents\":[\"a\"],\"top_n\":\"1\"}", "top_n"},
            {"{\"query\":\"q\",\"documents\":[\"a\"],\"return_documents\":1}", "return_documents"},
            {"{\"query\":\"q\",\"documents\":[\"a\"],\"rank_fields\":[\"text\"]}", "rank_fields is not supported here"},
            {"{\"query\":\"q\",\"documents\":[\"a\"],\"model\":7}", "model"},
            {"{\"query\":", "not JSON"}
        }) {
            HttpResponse<String> response = post(each[0]);
            assertThat(response.statusCode()).as(each[0]).isEqualTo(400);
            assertThat(error(response, "code")).isEqualTo("bad-request");
            assertThat(error(response, "message")).contains(each[1]);
        }
    }

    @Test
    void shouldSayWhenNobodyServesIt() throws IOException {
        HttpResponse<String> response = post("{\"query\":\"refuse\",\"documents\":[\"a\"]}");
        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(error(response, "code")).isEqualTo("impossible");
    }
}
