// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final String JSON = "application/json; charset=utf-8";

    private final Map<String, Reply> replies = new HashMap<>();

    private FingerprintTest reply(String path, int status, String body) {
        return reply(path, status, "", body);
    }

    private FingerprintTest reply(String path, int status, String server, String body) {
        replies.put(path, Reply.of(status, server, JSON, body));
        return this;
    }

    private FingerprintTest() {
        reply("/", 404, "");
    }

    private Sight sight() {
        return Fingerprint.of(replies, false);
    }

    private Sight.Server server() {
        assertThat(sight()).isInstanceOf(Sight.Server.class);
        return (Sight.Server) sight();
    }

    private FingerprintTest ollama() {
        // Ollama of spring 2026, with capabilities in its list.
        return reply("/", 200, "Ollama is running")
                .reply("/api/version", 200, "{\"version\":\"0.19.0\"}")
                .reply("/api/tags", 200, """
                        {"models":[
                          {"name":"qwen3:8b","capabilities":["completion","tools"]},
                          {"name":"gemma3:12b","capabilities":["completion","vision"]},
                          {"name":"big:cloud","capabilities":["completion"],"remote_host":"https://ollama.com"},
                          {"name":"nomic-embed","capabilities":["embedding"]},
                          {"name":"*","capabilities":["completion"]}]}
                        """)
                .reply("/v1/models", 200, "{\"object\":\"list\",\"data\":[{\"id\":\"qwen3:8b\"}]}");
    }

    @Test
    void shouldOfferOllamasLocalModelsByWhatTheyCan() {
        // When
        Sight.Server server = ollama().server();

        // Then
        assertThat(server.kind()).isEqualTo(Kind.OLLAMA);
        assertThat(server.serving().offers())
                .containsExactly(
                        new Offer(QueryType.CHAT, List.of("qwen3:8b", "gemma3:12b")),
                        new Offer(QueryType.VISION, List.of("gemma3:12b")),
                        new Offer(QueryType.EMBED, List.of("nomic-embed")));
        assertThat(server.serving().slots()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeLocalAiForOllama() {
        // When
        ollama().reply("/.well-known/localai.json", 200, "{\"version\":\"v4\",\"endpoint_groups\":{}}");

        // Then
        assertThat(server().kind()).isEqualTo(Kind.LOCAL_AI);
    }

    @Test
    void shouldKnowLlamaServerAndNeverTellItsPaths() {
        // Given: llama-server b11669.
        reply(
                        "/props",
                        200,
                        "llama.cpp",
                        "{\"total_slots\":4,\"build_info\":\"b11669\",\"modalities\":{\"vision\":false}}")
                .reply(
                        "/v1/models",
                        200,
                        "{\"object\":\"list\",\"data\":[{\"id\":\"/home/me/models/tiny.gguf\",\"owned_by\":\"llamacpp\","
                                + "\"architecture\":{\"input_modalities\":[\"text\",\"image\"]}}]}");

        // When
        Sight.Server server = server();

        // Then
        assertThat(server.kind()).isEqualTo(Kind.LLAMA_CPP);
        assertThat(server.serving().slots()).isEqualTo(4);
        assertThat(server.serving().offers()).allMatch(offer -> offer.models().equals(List.of("tiny")));
        assertThat(server.serving().serves(QueryType.VISION)).isTrue();
        assertThat(server.names().model("tiny")).isEqualTo("/home/me/models/tiny.gguf");
    }

    @Test
    void shouldWaitForLlamaServerToLoad() {
        reply("/props", 503, "llama.cpp", "{\"error\":{\"message\":\"Loading model\",\"code\":503}}");
        assertThat(sight()).isInstanceOfSatisfying(Sight.Useless.class, each -> assertThat(each.reason())
                .isEqualTo("loads its model"));
    }

    @Test
    void shouldNotBeFooledByAServerThatSays200ToEverything() {
        for (String path : Paths.BEHIND_ROOT) {
            reply(path, 200, "{\"error\":\"Unexpected endpoint or method. (GET " + path + ")\"}");
        }
        assertThat(sight()).isEqualTo(new Sight.Stranger());
    }

    @Test
    void shouldKnowLmStudioByItsList() {
        // Given: LM Studio 0.4.0, which says 200 to the rest.
        for (String path : Paths.BEHIND_ROOT) {
            reply(path, 200, "{\"error\":\"Unexpected endpoint or method. (GET " + path + ")\"}");
        }
        reply(
                "/api/v1/models",
                200,
                "{\"models\":[{\"type\":\"llm\",\"key\":\"qwen/qwen3-4b\",\"capabilities\":{\"vision\":true}},"
                        + "{\"type\":\"embedding\",\"key\":\"nomic\"}]}");

        // Then
        assertThat(server().kind()).isEqualTo(Kind.LM_STUDIO);
        assertThat(server().serving().offers().getFirst().models()).containsExactly("qwen/qwen3-4b");
        assertThat(server().serving().offers()).contains(new Offer(QueryType.EMBED, List.of("nomic")));
    }

    @Test
    void shouldKnowVllmByItsOwner() {
        reply("/version", 200, "{\"version\":\"0.11.0\"}")
                .reply(
                        "/v1/models",
                        200,
                        "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\",\"max_model_len\":4096}]}");
        assertThat(server().kind()).isEqualTo(Kind.VLLM);
        assertThat(server().serving().slots()).isEqualTo(8);
    }

    @Test
    void shouldFallBackToAGenericServerAndLeaveOutWhatCannotChat() {
        reply(
                "/v1/models",
                200,
                "{\"object\":\"list\",\"data\":[{\"id\":\"m\"},{\"id\":\"text-embed-1\"},{\"id\":\"whisper-1\"},{\"id\":7}]}");
        assertThat(server().kind()).isEqualTo(Kind.OPENAI);
        assertThat(server().serving().offers())
                .containsExactly(
                        new Offer(QueryType.CHAT, List.of("m")), new Offer(QueryType.EMBED, List.of("text-embed-1")));
    }

    @Test
    void shouldSayThatAKeyIsNeeded() {
        reply("/v1/models", 401, "{}");
        assertThat(sight()).isInstanceOfSatisfying(Sight.Useless.class, each -> assertThat(each.reason())
                .contains("key"));
    }

    @Test
    void shouldLeaveOurOwnGatewayAlone() {
        ollama().reply("/", 200, "mtor", "Ollama is running");
        assertThat(sight()).isEqualTo(new Sight.Stranger());
    }

    @Test
    void shouldSeeNobodyWhereNothingAnswers() {
        replies.clear();
        assertThat(sight()).isEqualTo(new Sight.Nobody());
    }
}
