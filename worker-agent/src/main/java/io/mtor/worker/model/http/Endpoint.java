// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a model server is.
 *
 * @param key what it wants in {@code Authorization: Bearer}
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
            options.putHeader("Authorization", "Bearer " + key);
        }
        return options;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
