// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.admin;

import io.mtor.common.cluster.StartException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/**
 * Answers probes: {@code /livez} as long as event loops turn, {@code /readyz} while this process, and not the cluster as a
 * whole, can do its job.
 */
public final class AdminVerticle extends VerticleBase {

    private final AdminConfig config;
    private final BooleanSupplier ready;
    private final Promise<Integer> port = Promise.promise();

    public AdminVerticle(AdminConfig config, BooleanSupplier ready) {
        this.config = config;
        this.ready = ready;
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
        int status =
                switch (request.path()) {
                    case "/livez" -> 200;
                    case "/readyz" -> ready.getAsBoolean() ? 200 : 503;
                    default -> 404;
                };
        boolean read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        request.response().setStatusCode(read ? status : 405).end();
    }
}
