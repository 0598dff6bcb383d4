// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Intent;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.image.Discreet;
import io.mtor.worker.model.image.ImageWish;
import io.mtor.worker.model.image.PreviewBudget;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/** ComfyUI. Each intent becomes one prompt there, watched over a WebSocket of its own. */
public final class ComfyServer implements ModelServer {

    private static final int CONNECT_MILLIS = 2_000;

    /** By which this agent knows its own prompts among those of others. */
    private final String name = ComfyQueue.OURS + UUID.randomUUID();

    private final Vertx vertx;

    private final WebSocketClient sockets;

    private final ComfyLink link;

    private final Models models;

    private final int maxMediaBytes;

    /**
     * What it is asked for.
     *
     * @param serverName from the name of a model as it is announced to the server's own name for it
     */
    public record Models(Workflows workflows, UnaryOperator<String> serverName) {}

    /**
     * For one server.
     *
     * @param maxMediaBytes of one answer
     */
    public ComfyServer(Vertx vertx, HttpClient client, Endpoint endpoint, Models models, int maxMediaBytes) {
        this.vertx = vertx;
        this.models = models;
        this.maxMediaBytes = maxMediaBytes;
        this.sockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxFrameSize(maxMediaBytes)
                .setMaxMessageSize(maxMediaBytes));
        this.link = new ComfyLink(client, sockets, endpoint, maxMediaBytes);
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        Intent intent = work.intent();
        var discreet = new Discreet(intent.text(), intent.parameters().json());
        var run = new ComfyRun(vertx, link, sink, discreet, new PreviewBudget(maxMediaBytes));
        try {
            run.begin(prompt(work));
        } catch (BadInputException e) {
            String message = String.valueOf(e.getMessage());
            vertx.runOnContext(go -> run.refuse(message));
        }
        return run;
    }

    private ComfyLink.Prompt prompt(Assigned work) throws BadInputException {
        String id = UUID.randomUUID().toString();
        String model = models.serverName.apply(String.valueOf(work.model()));
        long seed = ThreadLocalRandom.current().nextLong(ImageWish.MAX_SEED + 1);
        ObjectNode graph = models.workflows.graph(model, ImageWish.of(work.intent()), seed);
        return new ComfyLink.Prompt(id, name, name + "-" + id, graph);
    }

    @Override
    public void close() {
        sockets.close();
    }
}
