// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** A model server that is asked over HTTP, in its own {@link Dialect}. */
public final class HttpModelServer implements ModelServer {

    private final Vertx vertx;

    private final HttpClient client;

    private final Endpoint endpoint;

    private final Dialect dialect;

    public HttpModelServer(Vertx vertx, HttpClient client, Endpoint endpoint, Dialect dialect) {
        this.vertx = vertx;
        this.client = client;
        this.endpoint = endpoint;
        this.dialect = dialect;
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        var run = new StreamedRun(dialect, sink);
        try {
            RequestOptions options = endpoint.request(HttpMethod.POST, dialect.path())
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Accept", dialect.answerType());
            run.begin(client, options, Buffer.buffer(dialect.write(work)));
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage());
            vertx.runOnContext(go -> run.refuse(Cause.BAD_INPUT, message));
        }
        return run;
    }
}
