// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mtor.gateway.admission.Pace;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/**
 * Lets WebSockets in: from its own pages, while it stays, as many as it may have and no faster than it may.
 *
 * <p>Not a handshake handler of the server, since that one cannot say with its refusal when to come again; and not a route
 * either, whose request would hide what {@link HardClose} needs.
 */
final class WebSocketDoor implements Handler<HttpServerRequest> {

    /** A gateway that is full may be so for long. */
    private static final long FULL_MILLIS = 5_000;

    private final Gateway gateway;
    private final GatewayConfig config;
    private final Pace pace;
    private final Counter accepted;
    private final Counter refused;

    WebSocketDoor(Gateway gateway, GatewayConfig config, MeterRegistry registry) {
        this.gateway = gateway;
        this.config = config;
        this.pace = new Pace(config.sockets().newPerSecond());
        this.accepted = handshakes(registry, "accepted");
        this.refused = handshakes(registry, "refused");
    }

    private static Counter handshakes(MeterRegistry registry, String outcome) {
        return Counter.builder("mtor.gateway.handshakes")
                .description("WebSockets that were asked for")
                .tag("outcome", outcome)
                .register(registry);
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!request.canUpgradeToWebSocket()) {
            request.response()
                    .setStatusCode(426)
                    .putHeader("Upgrade", "websocket")
                    .end("This is a WebSocket.\n");
        } else if (!isOwnOrigin(request)) {
            request.response().setStatusCode(403).end("not from this page\n");
        } else if (gateway.sendsElsewhere()) {
            request.response().setStatusCode(503).end(gateway.unready() + "\n");
        } else if (gateway.sessions() >= config.sockets().max()) {
            comeAgain(request, FULL_MILLIS);
        } else {
            long wait = pace.take(gateway.now());
            if (wait > 0) {
                comeAgain(request, wait);
            } else {
                accepted.increment();
                letIn(request);
            }
        }
    }

    /** A browser names where its page came from; anybody else's page must not use a visitor's connection. */
    private boolean isOwnOrigin(HttpServerRequest request) {
        String origin = request.headers().get("Origin");
        if (origin == null || config.origins().contains(origin)) {
            return true;
        }
        try {
            return URI.create(origin).getAuthority() != null
                    && URI.create(origin)
                            .getAuthority()
                            .equals(request.headers().get("Host"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The header counts whole seconds. What was refused does not go on taking up a connection. */
    private void comeAgain(HttpServerRequest request, long millis) {
        refused.increment();
        request.response()
                .setStatusCode(503)
                .putHeader("Retry-After", String.valueOf(Math.ceilDiv(millis, 1_000)))
                .end("too many connections\n")
                .onComplete(ignored -> request.connection().close());
    }

    private void letIn(HttpServerRequest request) {
        request.toWebSocket().onSuccess(socket -> {
            FrameGuard.watch(socket, config.sockets().controlFramesPerSecond(), gateway::now);
            gateway.connected(new ClientSocket(socket, gateway));
        });
    }
}
