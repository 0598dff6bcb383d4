// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * Stands in for ComfyUI: keeps a queue, a history and WebSockets as the real one does, and paints when the test says so. What
 * it writes is written as Python does, with a space behind each comma and colon.
 */
public final class ComfyStub {

    /** What differs over the years. */
    public enum Version {
        /** 0.2, of 2024: draws its own ids, and interrupts whatever runs. */
        OLD,
        /** 0.8, of January 2026: draws its own ids, and interrupts by them. */
        MIDDLE,
        /** Of summer 2026: takes ids, and cancels by them. */
        NEW
    }

    private final Version version;

    private final Map<String, ServerWebSocket> sockets = new ConcurrentHashMap<>();

    private final List<JsonArray> running = new CopyOnWriteArrayList<>();

    private final List<JsonArray> waiting = new CopyOnWriteArrayList<>();

    private final Map<String, JsonObject> history = new ConcurrentHashMap<>();

    private final List<String> stopped = new CopyOnWriteArrayList<>();

    private final List<String> forgotten = new CopyOnWriteArrayList<>();

    private final List<JsonObject> submitted = new CopyOnWriteArrayList<>();

    private final Map<String, Buffer> files = new ConcurrentHashMap<>();

    private volatile JsonArray checkpoints = new JsonArray().add("sd_xl_base_1.0.safetensors");

    private volatile JsonObject refusal = new JsonObject();

    private volatile UnaryOperator<Buffer> view = whole -> whole;

    private volatile HttpServer server;

    private volatile boolean early;

    private volatile boolean late;

    public ComfyStub(Version version) {
        this.version = version;
    }

    /** The same with these checkpoints. */
    public ComfyStub checkpoints(String... files) {
        checkpoints = new JsonArray(List.of((Object[]) files));
        return this;
    }

    /** The same, refusing every workflow so. */
    public ComfyStub refuses(String body) {
        refusal = new JsonObject(body);
        return this;
    }

    /** The same, beginning to tell what happens before it says which prompt it is. */
    public ComfyStub tellsEarly() {
        early = true;
        return this;
    }

    /** The same, breaking off in the middle of each picture. */
    public ComfyStub cutsPictures() {
        view = whole -> whole.slice(0, whole.length() / 2);
        return this;
    }

    /** Somebody else's prompt runs. */
    public String runsForeign() {
        String id = UUID.randomUUID().toString();
        running.add(entry(id, "9d0a3c1e5b"));
        return id;
    }

    /** The same, with somebody else whose prompt comes just before ours. */
    public ComfyStub foreignComesFirst() {
        late = true;
        return this;
    }

    public void endForeign() {
        running.clear();
    }

    /** Begins to listen; the port it has got. */
    public int listen(Vertx vertx) {
        HttpServer made = vertx.createHttpServer().requestHandler(this::handle).webSocketHandler(socket -> {
            String client = socket.query().replace("clientId=", "");
            sockets.put(client, socket);
            send(
                    client,
                    "{\"type\": \"status\", \"data\": {\"status\": {\"exec_info\": {\"queue_remaining\": 0}}, \"sid\": \""
                            + client + "\"}}");
        });
        server = made;
        return made.listen(0, "127.0.0.1").await().actualPort();
    }

    public int port() {
        return server.actualPort();
    }

    /** It is gone, and its connections with it. */
    public void kill() {
        server.close().await();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/" -> response.putHeader("Content-Type", "text/html").end("<title>ComfyUI</title>");
            case "/system_stats" -> json(response, STATS);
            case "/object_info/CheckpointLoaderSimple" ->
                json(
                        response,
                        "{\"CheckpointLoaderSimple\": {\"input\": {\"required\": {\"ckpt_name\": ["
                                + checkpoints.encode()
                                + ", {\"tooltip\": \"The name of the checkpoint\"}]}}, \"output_node\": false}}");
            case "/queue" -> {
                if (request.method().name().equals("POST")) {
                    request.bodyHandler(body -> dequeue(body.toJsonObject(), response));
                } else {
                    json(
                            response,
                            new JsonObject()
                                    .put("queue_running", new JsonArray(running))
                                    .put("queue_pending", new JsonArray(waiting))
                                    .encode());
                }
            }
            case "/prompt" -> request.bodyHandler(body -> submit(body.toJsonObject(), response));
            case "/interrupt" -> request.bodyHandler(body -> interrupt(body.toString(), response));
            case "/view" -> view(request.getParam("filename"), response);
            case "/history" ->
                request.bodyHandler(body -> {
                    body.toJsonObject().getJsonArray("delete").forEach(id -> forgotten.add(String.valueOf(id)));
                    response.end();
                });
            default -> handleByPrefix(request);
        }
    }

    private void handleByPrefix(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String path = request.path();
        if (path.startsWith("/history/")) {
            JsonObject entry = history.get(path.substring("/history/".length()));
            var found = new JsonObject();
            if (entry != null) {
                found.put(path.substring("/history/".length()), entry);
            }
            json(response, found.encode());
        } else if (version == Version.NEW && path.matches("/api/jobs/[^/]+/cancel")) {
            String id = path.split("/")[3];
            boolean known = stop(id);
            json(response, "{\"cancelled\": " + known + "}");
        } else {
            response.setStatusCode(version == Version.OLD ? 405 : 404).end("404: Not Found");
        }
    }

    private void submit(JsonObject body, HttpServerResponse response) {
        submitted.add(body);
        if (!refusal.isEmpty()) {
            response.setStatusCode(400);
            json(response, refusal.encode());
            return;
        }
        String id = version == Version.NEW
                ? body.getString("prompt_id")
                : UUID.randomUUID().toString();
        if (late) {
            runsForeign();
        }
        JsonArray entry = entry(id, body.getString("client_id"));
        (running.isEmpty() ? running : waiting).add(entry);
        if (early) {
            progress(1, 20);
        }
        json(response, "{\"prompt_id\": \"" + id + "\", \"number\": 7, \"node_errors\": {}}");
    }

    private static JsonArray entry(String id, String client) {
        return new JsonArray()
                .add(7)
                .add(id)
                .add(new JsonObject())
                .add(new JsonObject().put("client_id", client).put("create_time", 1_760_000_000_000L))
                .add(new JsonArray().add("picture"));
    }

    private boolean stop(String id) {
        boolean known = running.removeIf(each -> each.getString(1).equals(id))
                | waiting.removeIf(each -> each.getString(1).equals(id));
        if (known) {
            stopped.add(id);
        }
        return known;
    }

    private void dequeue(JsonObject body, HttpServerResponse response) {
        body.getJsonArray("delete").forEach(id -> {
            if (waiting.removeIf(each -> each.getString(1).equals(id))) {
                stopped.add(String.valueOf(id));
            }
        });
        response.end();
    }

    private void interrupt(String body, HttpServerResponse response) {
        String asked = new JsonObject(body).getString("prompt_id");
        for (JsonArray each : running) {
            if (version == Version.OLD || each.getString(1).equals(asked)) {
                stop(each.getString(1));
            }
        }
        response.end();
    }

    private void view(String file, HttpServerResponse response) {
        Buffer whole = files.getOrDefault(file, Buffer.buffer());
        Buffer sent = view.apply(whole);
        response.putHeader("Content-Type", "image/png").putHeader("Content-Length", String.valueOf(whole.length()));
        if (sent.length() < whole.length()) {
            response.write(sent).onComplete(half -> response.reset());
        } else {
            response.end(whole);
        }
    }

    private static void json(HttpServerResponse response, String body) {
        response.putHeader("Content-Type", "application/json; charset=utf-8").end(body);
    }

    /** Waits until our prompt runs or waits; its id. */
    public String awaitPrompt() {
        Await.until("a prompt", () -> !ours().isEmpty());
        return ours().getFirst().getString(1);
    }

    private List<JsonArray> ours() {
        return List.of(running, waiting).stream()
                .flatMap(List::stream)
                .filter(each -> each.getJsonObject(3).getString("client_id").startsWith("mtor-"))
                .toList();
    }

    /** One event of our prompt, to the client whose it is. */
    public void tell(String type, String more) {
        JsonArray entry = ours().getFirst();
        String client = entry.getJsonObject(3).getString("client_id");
        send(client, event(type, entry.getString(1), more));
    }

    /** One event of another prompt, to everybody. */
    public void tellForeign(String type, String more) {
        sockets.keySet().forEach(client -> send(client, event(type, "c0ffee00-0000-4000-8000-000000000000", more)));
    }

    private static String event(String type, String id, String more) {
        return "{\"type\": \"" + type + "\", \"data\": {" + more + (more.isEmpty() ? "" : ", ") + "\"prompt_id\": \""
                + id + "\"}}";
    }

    private void send(String client, String frame) {
        sockets.get(client).writeTextMessage(frame);
    }

    public void progress(int done, int of) {
        tell("progress", "\"value\": " + done + ", \"max\": " + of + ", \"node\": \"sampler\"");
    }

    /** A preview, in two frames. */
    public void preview(byte[] jpeg) {
        Buffer frame = Buffer.buffer().appendInt(1).appendInt(1).appendBytes(jpeg);
        sockets.values().forEach(socket -> {
            socket.writeFrame(WebSocketFrame.binaryFrame(frame.slice(0, 6), false));
            socket.writeFrame(WebSocketFrame.continuationFrame(frame.slice(6, frame.length()), true));
        });
    }

    /** A picture was made: it can be fetched, and stands in the history once the prompt is over. */
    public void paints(String file, String type, byte[] bytes) {
        files.put(file, Buffer.buffer(bytes));
        tell(
                "executed",
                "\"node\": \"picture\", \"display_node\": \"picture\", \"output\": {\"images\": [" + image(file, type)
                        + "]}");
    }

    private static String image(String file, String type) {
        return "{\"filename\": \"" + file + "\", \"subfolder\": \"\", \"type\": \"" + type + "\"}";
    }

    /** The prompt is over, and only the history tells of its picture. */
    public void recordOnly(String file, byte[] bytes) {
        String id = awaitPrompt();
        files.put(file, Buffer.buffer(bytes));
        history.put(
                id,
                new JsonObject(
                        "{\"prompt\": [], \"outputs\": {\"picture\": {\"images\": [" + image(file, "temp") + "]}},"
                                + " \"status\": {\"status_str\": \"success\", \"completed\": true, \"messages\": [[\"execution_start\", {}]]}}"));
        running.clear();
    }

    /** The prompt is over in both ways in which that is told. */
    public void finish() {
        tell("execution_success", "\"timestamp\": 1760000000000");
        tell("executing", "\"node\": null");
        running.clear();
    }

    /** The prompt is over without having made anything anew. */
    public void finishFromHistory(String file, byte[] bytes) {
        JsonArray entry = ours().getFirst();
        String end = event("executing", entry.getString(1), "\"node\": null");
        recordOnly(file, bytes);
        send(entry.getJsonObject(3).getString("client_id"), end);
    }

    /** Nobody knows the prompt any more, as after a new start. */
    public void lose() {
        running.clear();
        waiting.clear();
    }

    public void dropSockets() {
        sockets.values().forEach(socket -> socket.close());
    }

    /** The ids of what was stopped. */
    public List<String> stopped() {
        return stopped;
    }

    public List<String> forgotten() {
        return forgotten;
    }

    /** What was sent to be done. */
    public List<JsonObject> submitted() {
        return submitted;
    }

    private static final String STATS = """
            {"system": {"os": "posix", "ram_total": 67336146944, "ram_free": 55000000000, "comfyui_version": "0.3.40", \
            "python_version": "3.12.3 (main)", "pytorch_version": "2.7.0+cu128", "embedded_python": false, "argv": ["main.py"]}, \
            "devices": [{"name": "cuda:0 NVIDIA GeForce RTX 3090 : cudaMallocAsync", "type": "cuda", "index": 0, \
            "vram_total": 25294995456, "vram_free": 24000000000, "torch_vram_total": 33554432, "torch_vram_free": 25165824}]}""";
}
