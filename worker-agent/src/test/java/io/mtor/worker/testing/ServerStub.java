// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link RecordedServer} that listens: looks are answered as recorded, intents as the test says. */
public final class ServerStub {

    private final Map<String, Handler<HttpServerRequest>> intents = new ConcurrentHashMap<>();

    private final Map<String, String> looks = new ConcurrentHashMap<>();

    private volatile RecordedServer server;

    private ServerStub(RecordedServer server) {
        this.server = server;
    }

    /** Such as {@code vllm-0.11}. */
    public static ServerStub of(String name) {
        return new ServerStub(RecordedServer.of(name));
    }

    /** From now on it is this one. */
    public void becomes(String name) {
        server = RecordedServer.of(name);
    }

    /** The same but for what it says to a look here. */
    public ServerStub says(String path, String text) {
        looks.put(path, text);
        return this;
    }

    /** The same but for what it does with an intent here. */
    public ServerStub on(String path, Handler<HttpServerRequest> handler) {
        intents.put(path, handler);
        return this;
    }

    /** The same, answering an intent here, once it has come as a whole; the answer comes byte by byte. */
    public ServerStub answers(String path, Handler<Received> seen, String type, byte[] answer) {
        return on(
                path,
                request -> Received.of(request, received -> {
                    seen.handle(received);
                    request.response().putHeader("Content-Type", type).setChunked(true);
                    for (byte each : answer) {
                        request.response().write(Buffer.buffer(new byte[] {each}));
                    }
                    request.response().end();
                }));
    }

    /** The same with an answer that is text. */
    public ServerStub answers(String path, Handler<Received> seen, String type, String answer) {
        return answers(path, seen, type, answer.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, refusing an intent here. */
    public ServerStub refuses(String path, int status, String body) {
        return on(path, request -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body));
    }

    /** Begins to listen; the port it has got. */
    public int listen(Vertx vertx) {
        return vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void handle(HttpServerRequest request) {
        Handler<HttpServerRequest> intent =
                request.method().equals(HttpMethod.POST) ? intents.get(request.path()) : null;
        if (intent != null) {
            intent.handle(request);
            return;
        }
        String other = looks.get(request.path());
        if (other != null) {
            request.response().end(other);
            return;
        }
        RecordedServer.Recorded said = server.at(request.path());
        request.response().setStatusCode(said.status());
        header(request, "Server", said.server());
        header(request, "Content-Type", said.type());
        request.response().end(said.text());
    }

    private static void header(HttpServerRequest request, String name, String value) {
        if (!value.isEmpty()) {
            request.response().putHeader(name, value);
        }
    }
}
