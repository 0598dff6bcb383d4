// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.gateway.api.ChatCompletions;
import io.mtor.gateway.api.Embeddings;
import io.mtor.gateway.api.Models;
import io.mtor.gateway.api.OpenAi;
import io.mtor.gateway.api.Rerank;
import io.mtor.gateway.hosts.Hosts;
import io.mtor.gateway.tls.SecurePort;
import io.mtor.gateway.tls.Whereabouts;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the gateway serves at its ports: the page, the WebSocket, the OpenAI-shaped face, health and metrics. */
final class GatewayHttp {

    private static final List<String> PROTOCOLS = List.of("mtor.v1");

    /** Everything the page needs comes from here; no inline script runs, and nobody frames it. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' blob: data:; media-src 'self' blob:;"
                    + " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types lit-html mtor-service-worker";

    private final Vertx vertx;
    private final Gateway gateway;
    private final Hosts hosts;
    private final GatewayConfig config;
    private final PrometheusMeterRegistry registry;
    private final @Nullable SecurePort secure;
    private final WebSocketDoor door;
    private final Router router;

    GatewayHttp(Vertx vertx, Gateway gateway, Hosts hosts, GatewayConfig config, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.gateway = gateway;
        this.hosts = hosts;
        this.config = config;
        this.registry = registry;
        this.secure = SecurePort.of(vertx, config.tls(), options(), this::handle);
        this.door = new WebSocketDoor(gateway, config, registry);
        this.router = router();
    }

    /** The plain port. */
    HttpServer server() {
        return vertx.createHttpServer(options()).requestHandler(this::handle);
    }

    /** The port for HTTPS, if it has one. */
    @Nullable
    SecurePort secure() {
        return secure;
    }

    private void handle(HttpServerRequest request) {
        if ("/ws".equals(request.path())) {
            door.handle(request);
        } else if ("/ws/worker".equals(request.path())) {
            hosts.handle(request);
        } else {
            router.handle(request);
        }
    }

    private HttpServerOptions options() {
        int message = config.limits().message().toInt();
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setWebSocketSubProtocols(PROTOCOLS)
                // A message somewhat over the limit is answered; one far over it ends the connection.
                .setMaxWebSocketFrameSize(message * 2)
                .setMaxWebSocketMessageSize(message * 2)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setMaxHeaderSize(16 * 1024)
                .setTcpKeepAlive(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) config.sockets().idle().toMillis())
                .setHandle100ContinueAutomatically(true);
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(GatewayHttp::addHeaders);
        router.get("/livez").handler(request -> request.end("live\n"));
        router.get("/readyz").handler(this::onReady);
        router.get("/metrics").handler(request -> request.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape()));
        router.route("/v1/*").handler(OpenAi::allowOrigins);
        router.get("/v1/models").handler(new Models(gateway.realm()));
        var desk = new GatewayDesk(gateway);
        post(router, "/v1/chat/completions", new ChatCompletions(desk));
        post(router, "/v1/embeddings", new Embeddings(desk));
        post(router, "/v1/rerank", new Rerank(desk));
        router.route("/v1/*").failureHandler(OpenAi::fail);
        router.route("/v1/*").handler(OpenAi::unknown);
        new Whereabouts(config.tls(), secure).addTo(router);
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(GatewayHttp::addPageHeaders)
                .handler(StaticHandler.create("web").setCachingEnabled(false).setDefaultContentEncoding("UTF-8"));
        return router;
    }

    private void post(Router router, String path, Handler<RoutingContext> handler) {
        long limit = 4L
                + config.limits().media().bytes() * 4 / 3
                + config.limits().message().bytes();
        router.post(path)
                .handler(BodyHandler.create(false).setBodyLimit(limit))
                .handler(new PatientAnswer(config.sockets().idle()))
                .handler(handler);
    }

    private void onReady(RoutingContext request) {
        String why = gateway.unready();
        request.response().setStatusCode(why == null ? 200 : 503).end((why == null ? "ready" : why) + "\n");
    }

    private static void addHeaders(RoutingContext request) {
        request.response().putHeader("Server", "mtor").putHeader("X-Content-Type-Options", "nosniff");
        request.next();
    }

    private static void addPageHeaders(RoutingContext request) {
        // The names of bundles hold a hash of their content; the page itself is asked for each time.
        boolean hashed = request.normalizedPath().matches(".*-[0-9A-Z]{8}\\.(js|css)");
        request.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
        request.next();
    }
}
