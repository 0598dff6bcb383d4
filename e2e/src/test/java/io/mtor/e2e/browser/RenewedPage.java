// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.browser;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands before a gateway and, once it is told to, makes another version of the page that it serves. */
final class RenewedPage implements AutoCloseable {

    static final String NEXT = "0123456789ab";

    private static final Pattern VERSION = Pattern.compile("mtor-version\" content=\"([0-9a-f]{12})\"");

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final Set<WebSocketBase> open = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final URI gateway;
    private final String first;
    private volatile boolean renewed;

    RenewedPage(URI gateway) {
        this.gateway = gateway;
        this.server = vertx.createHttpServer(new HttpServerOptions().setWebSocketSubProtocols(List.of("mtor.v1")))
                .requestHandler(request -> {
                    if (request.canUpgradeToWebSocket()) {
                        join(request);
                    } else {
                        pass(request);
                    }
                });
        server.listen(0, "localhost").await();
        Matcher version = VERSION.matcher(get("/").await().toString());
        if (!version.find()) {
            throw new AssertionError("the page does not say its version");
        }
        this.first = version.group(1);
    }

    URI uri() {
        return URI.create("http://localhost:" + server.actualPort());
    }

    String first() {
        return first;
    }

    /** From now on it is another version; whoever is connected has to come again, as when a gateway is replaced. */
    void renew() {
        renewed = true;
        open.forEach(WebSocketBase::close);
    }

    private Future<Buffer> get(String path) {
        return client.request(HttpMethod.GET, gateway.getPort(), gateway.getHost(), path)
                .compose(request -> request.send())
                .compose(response -> response.body());
    }

    private void pass(HttpServerRequest asked) {
        client.request(HttpMethod.GET, gateway.getPort(), gateway.getHost(), asked.uri())
                .compose(request -> request.send())
                .onSuccess(response -> response.body().onSuccess(body -> {
                    asked.response().setStatusCode(response.statusCode());
                    response.headers().forEach((name, value) -> {
                        if (!name.equalsIgnoreCase("content-length")) {
                            asked.response().putHeader(name, value);
                        }
                    });
                    asked.response().end(renewed ? Buffer.buffer(body.toString().replace(first, NEXT)) : body);
                }));
    }

    private void join(HttpServerRequest asked) {
        var there = new WebSocketConnectOptions()
                .setHost(gateway.getHost())
                .setPort(gateway.getPort())
                .addSubProtocol("mtor.v1")
                .setURI("/ws");
        asked.pause();
        sockets.connect(there).onSuccess(realm -> asked.toWebSocket().onSuccess(page -> {
            open.add(page);
            tie(page, realm);
            tie(realm, page);
        }));
    }

    private void tie(WebSocketBase from, WebSocketBase to) {
        from.textMessageHandler(to::writeTextMessage);
        from.binaryMessageHandler(to::writeBinaryMessage);
        from.closeHandler(ignored -> {
            open.remove(from);
            to.close();
        });
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
