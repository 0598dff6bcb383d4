// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminVerticleTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicBoolean ready = new AtomicBoolean();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldTellAliveFromReady() throws Exception {
        // Given
        var admin = new AdminVerticle(new AdminConfig("127.0.0.1", 0), ready::get, () -> "");
        await(vertx.deployVerticle(admin));
        int port = await(admin.port());

        // Then
        assertThat(status(port, HttpMethod.GET, "/livez")).isEqualTo(200);
        assertThat(status(port, HttpMethod.GET, "/readyz")).isEqualTo(503);
        ready.set(true);
        assertThat(status(port, HttpMethod.GET, "/readyz")).isEqualTo(200);
        assertThat(status(port, HttpMethod.GET, "/else")).isEqualTo(404);
        assertThat(status(port, HttpMethod.POST, "/livez")).isEqualTo(405);
    }

    @Test
    void shouldNotListenUnlessItIsTold() throws Exception {
        var admin = new AdminVerticle(new AdminConfig("127.0.0.1", null), ready::get, () -> "");
        await(vertx.deployVerticle(admin));
        assertThat(await(admin.port())).isZero();
    }

    private int status(int port, HttpMethod method, String path) throws Exception {
        // A client that nobody holds is closed with its connections when its memory is collected.
        HttpClient client = vertx.createHttpClient();
        try {
            return await(client.request(method, port, "127.0.0.1", path)
                    .compose(request -> request.send().map(HttpClientResponse::statusCode)));
        } finally {
            await(client.close());
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
