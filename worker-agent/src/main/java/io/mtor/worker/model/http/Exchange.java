// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;

/** Asks one model server small things, whose answers are taken as a whole and soon. */
public final class Exchange {

    private final HttpClient client;

    private final Endpoint endpoint;

    private final int maxBytes;

    private final long patienceMillis;

    /**
     * For one server.
     *
     * @param maxBytes a longer answer is a failure
     * @param patienceMillis a longer silence in the middle of an exchange is a failure
     */
    public Exchange(HttpClient client, Endpoint endpoint, int maxBytes, long patienceMillis) {
        this.client = client;
        this.endpoint = endpoint;
        this.maxBytes = maxBytes;
        this.patienceMillis = patienceMillis;
    }

    /** What came back, whatever its status. */
    public record Response(int status, Bytes body) {

        public boolean isOk() {
            return status == 200;
        }

        /** The body if it is JSON, else a missing node. */
        public JsonNode json() {
            return Refusal.json(text());
        }

        /** What it means if it is no answer. */
        public Answer.Broken refusal() {
            return Refusal.of(status, text());
        }

        private String text() {
            return new String(body.array(), StandardCharsets.UTF_8);
        }
    }

    /** Fails if nobody answers. */
    public Future<Response> get(String path) {
        return send(HttpMethod.GET, path, Buffer.buffer());
    }

    /** Fails if nobody answers. */
    public Future<Response> post(String path, ObjectNode json) {
        return send(HttpMethod.POST, path, Buffer.buffer(json.toString()));
    }

    private Future<Response> send(HttpMethod method, String path, Buffer body) {
        RequestOptions options = endpoint.request(method, path).setIdleTimeout(patienceMillis);
        if (body.length() > 0) {
            options.putHeader("Content-Type", "application/json");
        }
        return client.request(options)
                .compose(request -> request.send(body).compose(response -> whole(request, response)));
    }

    private Future<Response> whole(HttpClientRequest request, HttpClientResponse response) {
        var body = Buffer.buffer();
        response.handler(chunk -> {
            if (chunk.length() > maxBytes - body.length()) {
                request.reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        return response.end().map(end -> new Response(response.statusCode(), Bytes.of(body.getBytes())));
    }
}
