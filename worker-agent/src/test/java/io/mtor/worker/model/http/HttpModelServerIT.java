// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.ollama.OllamaDialect;
import io.mtor.worker.model.openai.OpenAiDialect;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.LlamaServer;
import io.mtor.worker.testing.RecordedSink;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stub that answers well and badly. */
class HttpModelServerIT {

    private static final String WORD = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";

    private static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    private final Vertx vertx = Vertx.vertx();

    private final HttpClient client = vertx.createHttpClient();

    private final RecordedSink sink = new RecordedSink();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Run ask(Handler<HttpServerRequest> stub) {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(stub)
                .listen(0, "127.0.0.1")
                .await();
        return ask(server.actualPort(), new OpenAiDialect(model -> model), Intents.chat(1, "hello"));
    }

    private Run ask(int port, Dialect dialect, Intent intent) {
        var server =
                new HttpModelServer(vertx, client, new Endpoint("127.0.0.1", port, false, "secret"), type -> dialect);
        return Intents.onContext(vertx, () -> server.run(new Assigned(intent, "m", 0, 0), sink));
    }

    private static void stream(HttpServerRequest request, String... chunks) {
        request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
        for (String chunk : chunks) {
            request.response().write(chunk);
        }
    }

    private void answer(int status, String type, String body) {
        ask(request -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .end(body));
        sink.awaitEnd();
    }

    @Test
    void shouldAskInTheServersWordsAndStreamItsAnswer() {
        // Given
        var body = new AtomicReference<>("");
        var key = new AtomicReference<>("");

        // When
        ask(request -> {
            key.set(String.valueOf(request.getHeader("Authorization")));
            request.bodyHandler(whole -> {
                body.set(whole.toString());
                stream(request, WORD, FINISH, "data: [DONE]\n\n");
                request.response().end();
            });
        });

        // Then
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
        assertThat(sink.text()).isEqualTo("hi");
        assertThat(key.get()).isEqualTo("Bearer secret");
        assertThat(body.get())
                .isEqualTo("{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
    }

    @Test
    void shouldNotTakeA200WithAnErrorForAnAnswer() {
        answer(200, "application/json", "{\"error\":\"Unexpected endpoint or method. (POST /v1/chat/completions)\"}");
        assertThat(sink.failure()).isEqualTo(Cause.FAILED);
        assertThat(sink.message()).startsWith("Unexpected endpoint");
    }

    @Test
    void shouldTellBusyFromBadInputFromBroken() {
        answer(503, "application/json", "{\"error\":\"server busy, please try again.\"}");
        assertThat(sink.failure()).isEqualTo(Cause.BUSY);
        assertThat(Refusal.of(400, "{\"error\":{\"message\":\"too long\"}}"))
                .isEqualTo(new Answer.Broken(Cause.BAD_INPUT, "too long"));
        assertThat(Refusal.of(401, "").cause()).isEqualTo(Cause.NEEDS_KEY);
        assertThat(Refusal.of(404, "{\"error\":\"model not found\"}").cause()).isEqualTo(Cause.NO_MODEL);
        assertThat(Refusal.of(500, "<html>").cause()).isEqualTo(Cause.FAILED);
    }

    @Test
    void shouldSayThatNobodyIsThere() {
        ask(LlamaServer.freePort(), new OllamaDialect(), Intents.chat(1, "hello"));
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.GONE);
    }

    @Test
    void shouldTellAnEndBeforeTheAnswerFromOneInTheMiddle() {
        ask(request -> request.connection().close());
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.GONE);

        var second = new HttpModelServerIT();
        second.ask(request -> {
            stream(request, WORD, "data: {\"choi");
            vertx.setTimer(50, id -> request.connection().close());
        });
        second.sink.awaitEnd();
        assertThat(second.sink.text()).isEqualTo("hi");
        assertThat(second.sink.failure()).isEqualTo(Cause.FAILED);
        second.close();
    }

    @Test
    void shouldCloseTheConnectionWhenItIsCancelledBeforeOrInTheMiddle() {
        for (String[] chunks : List.of(new String[0], new String[] {WORD})) {
            // Given
            var asked = new AtomicBoolean();
            var closed = new AtomicBoolean();
            Run run = ask(request -> {
                request.connection().closeHandler(gone -> closed.set(true));
                asked.set(true);
                if (chunks.length > 0) {
                    stream(request, chunks);
                }
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
    }

    @Test
    void shouldIgnoreACancelAfterTheEnd() {
        Run run = ask(request -> {
            stream(request, WORD, FINISH);
            request.response().end();
        });
        sink.awaitEnd();
        Intents.onContext(vertx, () -> {
            run.cancel();
            run.pause();
            run.resume();
            return run;
        });
        assertThat(sink.isCompleted()).isTrue();
    }

    @Test
    void shouldHoldTheServerUpWhilePaused() {
        // Given
        var full = new AtomicBoolean();
        String large = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(60_000) + "\"}}]}\n\n";
        Run run = ask(request -> {
            stream(request);
            vertx.setPeriodic(1, id -> {
                if (request.response().writeQueueFull()) {
                    full.set(true);
                    vertx.cancelTimer(id);
                    request.response().end(FINISH);
                } else {
                    request.response().write(large);
                }
            });
        });

        // When
        Intents.onContext(vertx, () -> {
            run.pause();
            return run;
        });
        Await.until("the server to feel it", full::get);
        int before = sink.text().length();

        // Then
        Intents.onContext(vertx, () -> {
            run.resume();
            return run;
        });
        sink.awaitEnd();
        assertThat(sink.isCompleted()).isTrue();
        assertThat(sink.text().length()).isGreaterThan(before);
    }

    @Test
    void shouldRefuseVisionWithoutAPicture() {
        Intent intent = Intents.intent(1, QueryType.VISION, "what is this?", null, List.of());
        ask(1, new OllamaDialect(), intent);
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.BAD_INPUT);
        assertThat(sink.message()).isEqualTo("vision needs a picture");
    }
}
