// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.worker.model.comfy.ComfyEvent.Picture;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.http.Exchange;
import io.mtor.worker.model.http.Exchange.Response;
import io.mtor.worker.model.http.Messages;
import io.vertx.core.Future;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;

/** All that one ComfyUI is asked. */
final class ComfyLink {

    /** It answers late while it loads a model, but it answers. */
    private static final long PATIENCE_MILLIS = 20_000;

    private final WebSocketClient sockets;

    private final Endpoint endpoint;

    private final Exchange exchange;

    ComfyLink(HttpClient client, WebSocketClient sockets, Endpoint endpoint, int maxBytes) {
        this.sockets = sockets;
        this.endpoint = endpoint;
        this.exchange = new Exchange(client, endpoint, maxBytes, PATIENCE_MILLIS);
    }

    /**
     * A workflow to be done.
     *
     * @param id a UUID in lower case; older versions draw their own
     * @param owner what the names of all clients of this agent begin with
     * @param client whom the WebSocket is of
     */
    record Prompt(String id, String owner, String client, ObjectNode graph) {}

    Future<Response> queue() {
        return exchange.get("/queue");
    }

    /** What becomes of the prompts of this client; the handlers are to be set before. */
    ClientWebSocket listener() {
        return sockets.webSocket();
    }

    Future<WebSocket> open(ClientWebSocket listener, String client) {
        return listener.connect(endpoint.webSocket("/ws?clientId=" + client));
    }

    Future<Response> submit(Prompt prompt) {
        ObjectNode body = Messages.MAPPER
                .createObjectNode()
                .put("client_id", prompt.client)
                .put("prompt_id", prompt.id);
        body.set("prompt", prompt.graph);
        body.putObject("extra_data").put("preview_method", "auto");
        return exchange.post("/prompt", body);
    }

    Future<Response> history(String promptId) {
        return exchange.get("/history/" + promptId);
    }

    Future<Response> view(Picture picture) {
        return exchange.get(picture.path());
    }

    /** Takes a prompt that is over out of the history, which holds the words of the user. */
    void forget(String promptId) {
        exchange.post("/history", deletion(promptId));
    }

    /**
     * Stops a prompt, and no other, wherever it is. Versions that cannot do it by its id are asked what they work on first:
     * they would stop whatever that is.
     */
    Future<?> cancel(String promptId) {
        return exchange.post("/api/jobs/" + promptId + "/cancel", Messages.MAPPER.createObjectNode())
                .compose(answer -> answer.isOk()
                        ? Future.succeededFuture()
                        : exchange.post("/queue", deletion(promptId)).compose(gone -> interrupt(promptId)));
    }

    private Future<?> interrupt(String promptId) {
        return queue().compose(answer -> ComfyQueue.of(answer.json()).running().contains(promptId)
                ? exchange.post("/interrupt", Messages.MAPPER.createObjectNode().put("prompt_id", promptId))
                : Future.succeededFuture());
    }

    private static ObjectNode deletion(String promptId) {
        ObjectNode body = Messages.MAPPER.createObjectNode();
        body.putArray("delete").add(promptId);
        return body;
    }
}
