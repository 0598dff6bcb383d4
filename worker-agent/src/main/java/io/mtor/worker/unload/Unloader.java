// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.unload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.mtor.worker.model.http.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one model server to give memory of the GPU back.
 *
 * @param kind its short name, such as {@code ollama}
 */
public record Unloader(HttpClient client, Endpoint endpoint, String kind) {

    private static final Logger LOGGER = LoggerFactory.getLogger(Unloader.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final long PATIENCE_MILLIS = 5_000;

    private static final int OK = 200;

    private static final int NOT_OK = 300;

    /** Completes when it has answered; one that cannot or does not want to is logged, and no failure. */
    public Future<Void> unload() {
        return Unloading.of(kind).map(this::unload).orElseGet(Future::succeededFuture);
    }

    private Future<Void> unload(Unloading how) {
        Future<JsonNode> loaded = how.list() == null
                ? Future.succeededFuture(NullNode.instance)
                : ask(HttpMethod.GET, how.list(), Buffer.buffer()).map(Unloader::parse);
        return loaded.compose(list -> Future.all(how.requests().apply(list).stream()
                        .map(request -> ask(
                                HttpMethod.POST,
                                request.path(),
                                Buffer.buffer(request.body().toString())))
                        .toList()))
                .<Void>mapEmpty()
                .recover(e -> {
                    LOGGER.atWarn()
                            .addKeyValue("place", endpoint)
                            .addKeyValue("reason", e.getMessage())
                            .log("{} gives no memory back", kind);
                    return Future.succeededFuture();
                });
    }

    private Future<Buffer> ask(HttpMethod method, String path, Buffer body) {
        RequestOptions options = endpoint.request(method, path).setTimeout(PATIENCE_MILLIS);
        if (method.equals(HttpMethod.POST)) {
            options.putHeader("Content-Type", "application/json");
        }
        return client.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.statusCode() >= OK && response.statusCode() < NOT_OK
                        ? response.body()
                        : Future.failedFuture("status " + response.statusCode() + " at " + path));
    }

    private static JsonNode parse(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("its answer is no JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
