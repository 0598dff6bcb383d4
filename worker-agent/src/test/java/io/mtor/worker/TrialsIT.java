// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.testing.Intents;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrialsIT {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** An Ollama that answers a chat with this, or that never does. */
    private int ollama(String answer) {
        return vertx.createHttpServer()
                .requestHandler(request -> {
                    switch (request.path()) {
                        case "/" -> request.response().end("Ollama is running");
                        case "/api/version" -> request.response().end("{\"version\":\"0.12.3\"}");
                        case "/api/tags" ->
                            request.response()
                                    .end("{\"models\":[{\"name\":\"a:1\",\"details\":{\"family\":\"llama\"}},"
                                            + "{\"name\":\"b:1\",\"details\":{\"family\":\"llama\"}}]}");
                        case "/api/chat" -> {
                            if (!answer.isEmpty()) {
                                request.response()
                                        .putHeader("Content-Type", "application/x-ndjson")
                                        .end(answer);
                            }
                        }
                        default -> request.response().setStatusCode(404).end();
                    }
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private List<Trials.Tried> chats(int port, boolean eachModel, Duration patience) {
        List<String> flags = new ArrayList<>(List.of("--worker.programs=false", "--worker.demo=false"));
        flags.add("--discovery.ports=" + port);
        var config = ConfigLoader.load(WorkerAgentConfig.class, Aliases.none(), flags, Map.of())
                .config();
        return new Trials(vertx, config, Map.of(), patience)
                .run(offer -> offer.queryType().equals(QueryType.CHAT) ? Intents.chat(1, "hello") : null, eachModel)
                .await();
    }

    @Test
    void shouldTellWhatWorksAndHowFast() {
        int port = ollama("""
                {"model":"a:1","message":{"role":"assistant","content":"Hel"},"done":false}
                {"model":"a:1","message":{"role":"assistant","content":"lo"},"done":true,"done_reason":"stop","prompt_eval_count":5,"eval_count":2}
                """);

        assertThat(chats(port, false, Duration.ofSeconds(20))).singleElement().satisfies(tried -> {
            assertThat(tried.problem()).isNull();
            assertThat(tried.server()).isEqualTo("ollama 127.0.0.1:" + port);
            assertThat(tried.model()).isEqualTo("a:1");
            assertThat(tried.chars()).isEqualTo(5);
            assertThat(tried.tokens()).isEqualTo(2);
            assertThat(tried.firstMillis()).isLessThanOrEqualTo(tried.millis());
        });
        assertThat(chats(port, true, Duration.ofSeconds(20)))
                .extracting(Trials.Tried::model)
                .containsExactly("a:1", "b:1");
    }

    @Test
    void shouldSayWhatDoesNotWork() {
        assertThat(chats(ollama("{\"error\":\"out of memory\"}\n"), false, Duration.ofSeconds(20)))
                .singleElement()
                .satisfies(tried -> assertThat(tried.problem()).contains("out of memory"));
    }

    @Test
    void shouldNotWaitForEver() {
        assertThat(chats(ollama(""), false, Duration.ofMillis(300)))
                .singleElement()
                .satisfies(tried -> assertThat(tried.problem()).contains("were not enough"));
    }
}
