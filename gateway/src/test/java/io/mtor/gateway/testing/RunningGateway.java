// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.config.Key;
import io.mtor.gateway.GatewayConfig;
import io.mtor.gateway.GatewayVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway on a free port of the loopback, and a {@link FakeRealm} behind it. */
public final class RunningGateway implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    public final FakeRealm realm = new FakeRealm();
    public final int port;

    /** The port for HTTPS; 0 without one. */
    public final int securePort;

    private final String deployment;

    record Config(@Key(doc = "The gateway") GatewayConfig gateway) {}

    /** @param options such as {@code --gateway.sockets.stalled=1s} */
    public static GatewayConfig config(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        if (all.stream().noneMatch(option -> option.startsWith("--gateway.drain="))) {
            all.add("--gateway.drain=0s");
        }
        if (all.stream().noneMatch(option -> option.startsWith("--gateway.port="))) {
            all.add("--gateway.port=0");
        }
        // A test connects as fast as it can.
        if (all.stream().noneMatch(option -> option.startsWith("--gateway.sockets.new-per-second="))) {
            all.add("--gateway.sockets.new-per-second=10000");
        }
        return ConfigLoader.load(Config.class, Aliases.none(), all, Map.of())
                .config()
                .gateway();
    }

    public RunningGateway(String... options) {
        vertx.deployVerticle(realm).await();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gateway = new GatewayVerticle(config(options), Membership.local(), registry);
        deployment = vertx.deployVerticle(gateway).await();
        port = gateway.port().await();
        securePort = gateway.secure() == null ? 0 : gateway.secure().port();
        Waiting.until(() -> get("/readyz").statusCode() == 200, "it is ready");
    }

    /** Tells it to leave; completes when it has. */
    public Future<Void> leave() {
        return vertx.undeploy(deployment);
    }

    public Vertx vertx() {
        return vertx;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    public HttpResponse<String> chat(String body) {
        return send(HttpRequest.newBuilder(uri("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(java.time.Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public TestClient client() {
        return TestClient.connect(vertx, port);
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the gateway did not stop", e);
        }
    }
}
