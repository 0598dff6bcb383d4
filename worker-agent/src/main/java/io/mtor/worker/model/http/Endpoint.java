// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a model server is.
 *
 * @param key what it wants in {@code Authorization: Bearer}, or {@code user:password} for {@code Authorization: Basic}
 */
public record Endpoint(
        String host, int port, boolean tls, @Nullable String key) {

    public static Endpoint of(URI url, @Nullable String key) {
        boolean tls = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        return new Endpoint(url.getHost(), port, tls, key);
    }

    /** A request to a path here. */
    public RequestOptions request(HttpMethod method, String path) {
        var options = new RequestOptions()
                .setMethod(method)
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(path);
        if (key != null) {
            options.putHeader("Authorization", authorization(key));
        }
        return options;
    }

    /** A WebSocket to a path here. */
    public WebSocketConnectOptions webSocket(String path) {
        var options = new WebSocketConnectOptions();
        options.setHost(host).setPort(port).setSsl(tls).setURI(path);
        if (key != null) {
            options.putHeader("Authorization", authorization(key));
        }
        return options;
    }

    /** No token has a colon in it, so that what has one is a user and a password. */
    private static String authorization(String key) {
        return key.indexOf(':') < 0
                ? "Bearer " + key
                : "Basic " + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Never the key. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
