// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ports where something listens that answers badly: a look ends all the same, and calls it nothing. */
class RudeServersIT {

    private static final long PATIENCE_MILLIS = 300;

    private final Vertx vertx = Vertx.vertx();

    private final Prober prober = new Prober(
            vertx.createHttpClient(),
            new WyomingProber(vertx.createNetClient(), PATIENCE_MILLIS),
            PATIENCE_MILLIS,
            false,
            List.of());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Sight sightOf(int port) {
        Future<Sight> look = Intents.onContext(vertx, () -> prober.look(new Endpoint("127.0.0.1", port, false, null)));
        return look.await();
    }

    private int http(Handler<HttpServerRequest> handler) {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private int tcp(Handler<NetSocket> handler) {
        return vertx.createNetServer()
                .connectHandler(handler)
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    @Test
    void shouldNotReadAnEndlessReply() {
        // Given: a list of models that never ends.
        var reset = new AtomicInteger();
        int port = http(request -> {
            if (request.path().equals("/v1/models")) {
                request.response().putHeader("Content-Type", "application/json").setChunked(true);
                request.response().exceptionHandler(gone -> reset.incrementAndGet());
                pour(request, Buffer.buffer(new byte[1 << 16]));
            } else {
                request.response().setStatusCode(404).end();
            }
        });

        // Then
        assertThat(sightOf(port)).isEqualTo(new Sight.Stranger());
        Await.until("the connection to be broken off", () -> reset.get() > 0);
    }

    private static void pour(HttpServerRequest request, Buffer piece) {
        if (!request.response().closed()) {
            request.response().write(piece).onSuccess(sent -> pour(request, piece));
        }
    }

    @Test
    void shouldNotWaitForAReplyThatDrips() {
        // Given: one byte at a time, faster than the patience.
        int port = http(request -> {
            request.response().setChunked(true).putHeader("Content-Type", "application/json");
            long timer = vertx.setPeriodic(
                    PATIENCE_MILLIS / 10, tick -> request.response().write(" "));
            request.response().exceptionHandler(gone -> vertx.cancelTimer(timer));
            request.connection().closeHandler(gone -> vertx.cancelTimer(timer));
        });
        assertThat(sightOf(port)).isNotInstanceOf(Sight.Server.class);
    }

    @Test
    void shouldSeeNobodyWhereAConnectionIsTakenAndNothingSaid() {
        assertThat(sightOf(tcp(socket -> {}))).isEqualTo(new Sight.Nobody());
    }

    @Test
    void shouldSeeNobodyBehindWhatIsNotHttp() {
        // Given: what a Wyoming service says to a line that it cannot read, and noise.
        for (String said : new String[] {"{\"type\": \"error\"}\n", "\u0000\u0001\u0002", "SSH-2.0-OpenSSH_9.2\r\n"}) {
            int port = tcp(socket -> socket.handler(asked -> socket.write(said).onComplete(sent -> socket.close())));
            assertThat(sightOf(port)).isEqualTo(new Sight.Nobody());
        }
    }
}
