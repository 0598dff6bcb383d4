// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.unload;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnloaderTest {

    private final Vertx vertx = Vertx.vertx();

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** A server with these answers; anything else is not found. */
    private void unload(String kind, Map<String, String> answers) {
        int port = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    asked.add((request.method() + " " + request.path() + " " + body).strip());
                    String answer = answers.get(request.path());
                    request.response().setStatusCode(answer == null ? 404 : 200).end(answer == null ? "" : answer);
                }))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        new Unloader(vertx.createHttpClient(), new Endpoint("127.0.0.1", port, false, null), kind)
                .unload()
                .await();
    }

    @Test
    void shouldEndTheTimeOfEachModelThatOllamaHasLoaded() {
        unload(
                "ollama",
                Map.of(
                        "/api/ps",
                        "{\"models\":[{\"name\":\"llama3:latest\",\"size_vram\":5},{\"name\":\"gemma3:12b\"}]}",
                        "/api/generate",
                        "{\"done\":true}"));

        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "GET /api/ps",
                        "POST /api/generate {\"model\":\"llama3:latest\",\"keep_alive\":0}",
                        "POST /api/generate {\"model\":\"gemma3:12b\",\"keep_alive\":0}");
    }

    @Test
    void shouldAskComfyUiForAllOfIt() {
        unload("comfyui", Map.of("/free", ""));

        assertThat(asked).containsExactly("POST /free {\"unload_models\":true,\"free_memory\":true}");
    }

    @Test
    void shouldUnloadWhatARouterOfLlamaCppHasLoaded() {
        unload(
                "llama-cpp",
                Map.of(
                        "/models",
                        "{\"data\":[{\"id\":\"a\",\"status\":{\"value\":\"loaded\"}},"
                                + "{\"id\":\"b\",\"status\":{\"value\":\"unloaded\"}}]}",
                        "/models/unload",
                        "{\"success\":true}"));

        assertThat(asked).containsExactly("GET /models", "POST /models/unload {\"model\":\"a\"}");
    }

    @Test
    void shouldLeaveALlamaCppWithASingleModelAlone() {
        unload("llama-cpp", Map.of("/models", "{\"data\":[{\"id\":\"a\",\"owned_by\":\"llamacpp\"}]}"));

        assertThat(asked).containsExactly("GET /models");
    }

    @Test
    void shouldUnloadEachInstanceOfLmStudio() {
        unload(
                "lm-studio",
                Map.of(
                        "/api/v1/models",
                        "{\"models\":[{\"key\":\"qwen\",\"loaded_instances\":[{\"id\":\"qwen:2\"}]},{\"key\":\"idle\"}]}",
                        "/api/v1/models/unload",
                        "{}"));

        assertThat(asked)
                .containsExactly("GET /api/v1/models", "POST /api/v1/models/unload {\"instance_id\":\"qwen:2\"}");
    }

    @Test
    void shouldNotMindAServerThatCannot() {
        unload("ollama", Map.of("/api/ps", "no JSON"));
        unload("ollama", Map.of());
        unload("whisper-cpp", Map.of());

        assertThat(asked).containsExactly("GET /api/ps", "GET /api/ps");
    }
}
