// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.admin;

import io.mtor.common.cluster.StartException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Answers probes: {@code /livez} as long as event loops turn, {@code /readyz} while this process, and not the cluster as a
 * whole, can do its job; and {@code /metrics}.
 */
public final class AdminVerticle extends VerticleBase {

    private final AdminConfig config;
    private final BooleanSupplier ready;
    private final Supplier<String> metrics;
    private final Promise<Integer> port = Promise.promise();

    /** @param metrics what has been counted, in Prometheus' text format; asked on the event loop */
    public AdminVerticle(AdminConfig config, BooleanSupplier ready, Supplier<String> metrics) {
        this.config = config;
        this.ready = ready;
        this.metrics = metrics;
    }

    /** The port it listens on, once it does; 0 if it was told not to. */
    public Future<Integer> port() {
        return port.future();
    }

    @Override
    public Future<?> start() {
        if (config.port() == null) {
            port.complete(0);
            return Future.succeededFuture();
        }
        var server = vertx.createHttpServer().requestHandler(this::answer);
        return StartException.naming(config.host(), config.port(), server.listen(config.port(), config.host()))
                .onSuccess(listening -> port.complete(listening.actualPort()))
                .onFailure(port::fail);
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        boolean read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (!read) {
            response.setStatusCode(405).end();
            return;
        }
        switch (Objects.requireNonNullElse(request.path(), "")) {
            case "/livez" -> response.end("live\n");
            case "/readyz" -> {
                boolean yes = ready.getAsBoolean();
                response.setStatusCode(yes ? 200 : 503).end(yes ? "ready\n" : "not ready\n");
            }
            case "/metrics" ->
                response.putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(metrics.get());
            default -> response.setStatusCode(404).end("There are /livez, /readyz and /metrics.\n");
        }
    }
}
