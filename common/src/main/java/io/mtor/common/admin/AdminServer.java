// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers {@code /livez} (the event loops turn), {@code /readyz} (this process can do its job) and {@code /metrics}
 * (Prometheus text).
 */
public final class AdminServer {

    private final BooleanSupplier ready;
    private final Supplier<String> metrics;

    private AdminServer(BooleanSupplier ready, Supplier<String> metrics) {
        this.ready = ready;
        this.metrics = metrics;
    }

    /**
     * Listens, unless the port is 0.
     *
     * @param ready asked on an event loop; must not block
     * @param metrics what has been counted, in Prometheus' text format
     */
    public static Future<?> start(Vertx vertx, AdminConfig config, BooleanSupplier ready, Supplier<String> metrics) {
        if (config.port() == 0) {
            return Future.succeededFuture();
        }
        return vertx.createHttpServer()
                .requestHandler(new AdminServer(ready, metrics)::answer)
                .listen(config.port(), config.host());
    }

    private void answer(HttpServerRequest request) {
        switch (Objects.requireNonNullElse(request.path(), "")) {
            case "/livez" -> request.response().end("live\n");
            case "/readyz" -> {
                boolean yes = ready.getAsBoolean();
                request.response().setStatusCode(yes ? 200 : 503).end(yes ? "ready\n" : "not ready\n");
            }
            case "/metrics" ->
                request.response()
                        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.get());
            default -> request.response().setStatusCode(404).end("There are /livez, /readyz and /metrics.\n");
        }
    }
}
