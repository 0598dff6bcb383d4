// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.webui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.http.Exchange;
import io.mtor.worker.model.http.HttpModelServer;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.image.PreviewBudget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** AUTOMATIC1111's web UI and those that come from it. They do one picture at a time and keep the rest waiting. */
public final class WebUiServer implements ModelServer {

    /** It answers late while it loads a model, but it answers. */
    private static final long PATIENCE_MILLIS = 20_000;

    private final Vertx vertx;

    private final HttpClient client;

    private final Endpoint endpoint;

    private final UnaryOperator<String> serverName;

    private final int maxMediaBytes;

    private final Exchange exchange;

    /** Tasks of ours that may be worked on, even if they are cancelled. */
    private final Set<String> ours = new HashSet<>();

    /**
     * For one server.
     *
     * @param serverName from the name of a model as it is announced to the server's own name for it
     * @param maxMediaBytes of one answer
     */
    public WebUiServer(
            Vertx vertx, HttpClient client, Endpoint endpoint, UnaryOperator<String> serverName, int maxMediaBytes) {
        this.vertx = vertx;
        this.client = client;
        this.endpoint = endpoint;
        this.serverName = serverName;
        this.maxMediaBytes = maxMediaBytes;
        this.exchange = new Exchange(client, endpoint, maxMediaBytes, PATIENCE_MILLIS);
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        String taskId = "mtor-" + UUID.randomUUID();
        var dialect = new WebUiDialect(taskId, serverName, maxMediaBytes);
        var server = new HttpModelServer(vertx, client, endpoint, type -> dialect);
        var run = new WebUiRun(vertx, this, taskId, sink, new PreviewBudget(maxMediaBytes));
        run.begin(heard -> server.run(work, heard));
        return run;
    }

    /** True if it works for somebody else. */
    Future<Boolean> isTaken() {
        return exchange.get("/sdapi/v1/progress?skip_current_image=true")
                .map(answer -> ours.isEmpty()
                        && !answer.json().path("state").path("job").asText("").isEmpty());
    }

    Future<TaskState> state(String taskId, long previewId) {
        ObjectNode body = Messages.MAPPER
                .createObjectNode()
                .put("id_task", taskId)
                .put("id_live_preview", previewId)
                .put("live_preview", true);
        return exchange.post("/internal/progress", body).map(answer -> TaskState.of(answer.json()));
    }

    void began(String taskId) {
        ours.add(taskId);
    }

    void ended(String taskId) {
        ours.remove(taskId);
    }

    /** Stops a task when it is its turn, and never that of somebody else. */
    void stop(String taskId) {
        began(taskId);
        new Stopping(vertx, this, taskId).begin().onComplete(end -> ended(taskId));
    }

    /** Stops whatever it works on. */
    Future<?> interrupt() {
        return exchange.post("/sdapi/v1/interrupt", Messages.MAPPER.createObjectNode());
    }
}
