// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.texts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.http.HttpModelServer;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RecordedSink;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stubs that answer as servers for embedding and reranking do, well and badly. */
class TextServersIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A way to ask, where it is asked, and what a good answer is. */
    enum Way {
        // llama.cpp b11669 puts them in the order in which they are done.
        OPENAI("/v1/embeddings", EmbedDialect.openAi(model -> "models/" + model), """
                {"object":"list","model":"models/m","usage":{"prompt_tokens":7,"total_tokens":7},"new":true,
                 "data":[{"object":"embedding","index":1,"embedding":[0.5,-1]},
                         {"object":"embedding","index":0,"embedding":[0.25,1e-3]}]}"""),
        // Ollama 0.19.
        OLLAMA("/api/embed", EmbedDialect.ollama(), """
                {"model":"m","embeddings":[[0.25,1e-3],[0.5,-1]],"total_duration":1,"prompt_eval_count":7}"""),
        // llama.cpp, vLLM and LocalAI have it from Jina.
        RERANK("/v1/rerank", new RerankDialect(model -> "models/" + model), """
                {"model":"models/m","object":"list","usage":{"prompt_tokens":9,"total_tokens":9},
                 "results":[{"index":0,"relevance_score":-3.5,"document":{"text":"a"}},{"index":1,"relevance_score":0.75}]}""");

        private final String path;

        private final Dialect dialect;

        private final String good;

        Way(String path, Dialect dialect, String good) {
            this.path = path;
            this.dialect = dialect;
            this.good = good;
        }

        QueryType type() {
            return this == RERANK ? QueryType.RERANK : QueryType.EMBED;
        }

        Intent intent() {
            return this == RERANK ? asking("which?", "[\"a\",\"b\"]") : asking("a", "[\"b\"]");
        }

        Intent asking(String text, String... media) {
            return Intents.intent(
                    1,
                    type(),
                    text,
                    null,
                    List.of(media).stream()
                            .map(each -> Media.whole("application/json", bytes(each)))
                            .toList());
        }
    }

    private final Vertx vertx = Vertx.vertx();

    private final RecordedSink sink = new RecordedSink();

    private final AtomicReference<@Nullable String> received = new AtomicReference<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private Run ask(Way way, Intent intent, Handler<HttpServerRequest> stub) {
        int port = vertx.createHttpServer()
                .requestHandler(request -> {
                    assertThat(request.path()).isEqualTo(way.path);
                    request.bodyHandler(body -> received.set(body.toString()));
                    stub.handle(request);
                })
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
        var endpoint = new Endpoint("127.0.0.1", port, false, null);
        var server = new HttpModelServer(vertx, vertx.createHttpClient(), endpoint, type -> way.dialect);
        return Intents.onContext(vertx, () -> server.run(new Assigned(intent, "m", 0, 0), sink));
    }

    private void answer(Way way, Intent intent, int status, String body) {
        ask(way, intent, request -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body));
        sink.awaitEnd();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHandOverWhatIsMadeOfTheTexts(Way way) throws IOException {
        // When
        answer(way, way.intent(), 200, way.good);

        // Then
        assertThat(sink.isCompleted()).isTrue();
        assertThat(JSON.readTree(sink.text()))
                .isEqualTo(JSON.readTree(
                        way == Way.RERANK
                                ? "{\"results\":[{\"index\":1,\"relevance_score\":0.75},{\"index\":0,\"relevance_score\":-3.5}]}"
                                : "{\"embeddings\":[[0.25,1e-3],[0.5,-1]]}"));
        assertThat(JSON.readTree(String.valueOf(received.get())))
                .isEqualTo(JSON.readTree(
                        switch (way) {
                            case OPENAI -> "{\"model\":\"models/m\",\"input\":[\"a\",\"b\"]}";
                            case OLLAMA -> "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}";
                            case RERANK -> "{\"model\":\"models/m\",\"query\":\"which?\",\"documents\":[\"a\",\"b\"]}";
                        }));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeAnAnswerInWhateverPiecesItComes(Way way) {
        // Given
        byte[] whole = way.good.getBytes(StandardCharsets.UTF_8);

        // When
        ask(way, way.intent(), request -> {
            HttpServerResponse response = request.response().setChunked(true);
            response.putHeader("Content-Type", "application/json");
            for (byte each : whole) {
                response.write(Buffer.buffer(new byte[] {each}));
            }
            response.end();
        });

        // Then
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
    }

    @Test
    void shouldHandOnOnlyTheSettingsThatAreMeant() {
        answer(Way.RERANK, Intents.with(Way.RERANK.intent(), "{\"top_n\":1,\"backend\":\"rm\"}"), 200, Way.RERANK.good);
        assertThat(received.get()).contains("\"top_n\":1").doesNotContain("backend");
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellErrorsApart(Way way) {
        for (Map.Entry<String, Cause> each : Map.of(
                        // llama.cpp without --embeddings or --reranking.
                        "501 {\"error\":{\"code\":501,\"message\":\"not for this\",\"type\":\"not_supported_error\"}}",
                        Cause.BAD_INPUT,
                        "503 {\"error\":{\"code\":503,\"message\":\"Loading model\"}}",
                        Cause.BUSY,
                        "404 {\"error\":\"model 'm' not found\"}",
                        Cause.NO_MODEL,
                        "401 {\"error\":\"Unauthorized\"}",
                        Cause.NEEDS_KEY,
                        "500 {\"error\":\"no\"}",
                        Cause.FAILED,
                        // LM Studio at a path that it does not know.
                        "200 {\"error\":\"Unexpected endpoint or method. (POST /v1/rerank)\"}",
                        Cause.FAILED,
                        "200 {\"data\":[],\"embeddings\":[],\"results\":[]}",
                        Cause.FAILED,
                        "200 {\"data\":[{\"embedding\":[\"a\"]}],\"embeddings\":[1],\"results\":[{\"index\":0}]}",
                        Cause.FAILED,
                        "200 {\"data\":",
                        Cause.FAILED,
                        "200 ",
                        Cause.FAILED)
                .entrySet()) {
            var fresh = new TextServersIT();
            fresh.answer(
                    way,
                    way.intent(),
                    Integer.parseInt(each.getKey().substring(0, 3)),
                    each.getKey().substring(4));
            assertThat(fresh.sink.failure()).as(each.getKey()).isEqualTo(each.getValue());
            assertThat(fresh.sink.text()).isEmpty();
            fresh.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailWhenTheConnectionIsDroppedInTheMiddle(Way way) {
        // When
        ask(way, way.intent(), request -> {
            request.response().putHeader("Content-Type", "application/json").putHeader("Content-Length", "1000");
            request.response().write(way.good.substring(0, 20)).onComplete(sent -> request.connection()
                    .close());
        });

        // Then
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.FAILED);
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseTheConnectionWhenItIsCancelled(Way way) {
        // Given
        var asked = new AtomicBoolean();
        var closed = new AtomicBoolean();
        Run run = ask(way, way.intent(), request -> {
            request.connection().closeHandler(gone -> closed.set(true));
            asked.set(true);
        });
        Await.until("the request", asked::get);

        // When
        Intents.onContext(vertx, () -> {
            run.cancel();
            return run;
        });

        // Then
        Await.until("the connection to close", closed::get);
        assertThat(sink.isEnded()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatIsMissingWithoutAskingTheServer(Way way) {
        Media picture = Media.whole("image/png", Bytes.of(new byte[1]));
        for (Intent each : List.of(
                way.asking(""),
                way.asking("x", "[]"),
                way.asking("x", "{}"),
                way.asking("x", "[\"a\",3]"),
                way.asking("x", "[\"a\",\" \"]"),
                way.asking("x", "[\"a\""),
                way.asking("x", "[\"a\"]", "[\"b\"]"),
                Intents.intent(1, way.type(), "x", null, List.of(picture)))) {
            var fresh = new TextServersIT();

            // When
            fresh.answer(way, each, 200, way.good);

            // Then
            assertThat(fresh.sink.failure()).isEqualTo(Cause.BAD_INPUT);
            assertThat(fresh.sink.message()).startsWith(way.type().value());
            assertThat(fresh.received.get()).isNull();
            fresh.close();
        }
    }
}
