// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.function.Function;

/** A model server that is asked over HTTP, in its own {@link Dialect} of each query type. */
public final class HttpModelServer implements ModelServer {

    private final Vertx vertx;

    private final HttpClient client;

    private final Endpoint endpoint;

    private final Function<QueryType, Dialect> dialects;

    /** @param dialects asked only for query types that the server serves */
    public HttpModelServer(Vertx vertx, HttpClient client, Endpoint endpoint, Function<QueryType, Dialect> dialects) {
        this.vertx = vertx;
        this.client = client;
        this.endpoint = endpoint;
        this.dialects = dialects;
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        Dialect dialect = dialects.apply(work.intent().queryType());
        var run = new HttpRun(dialect, sink);
        try {
            Post post = dialect.write(work);
            RequestOptions options = endpoint.request(HttpMethod.POST, post.path())
                    .putHeader("Content-Type", post.contentType())
                    .putHeader("Accept", dialect.answerType());
            run.begin(client, options, Buffer.buffer(post.body().array()));
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage());
            vertx.runOnContext(go -> run.refuse(Cause.BAD_INPUT, message));
        }
        return run;
    }
}
