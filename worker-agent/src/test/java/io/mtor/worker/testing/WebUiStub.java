// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Stands in for AUTOMATIC1111 or SD.Next: keeps the request for a picture open until the test says what becomes of it. */
public final class WebUiStub {

    /** What differs between them. */
    public enum Flavour {
        /** AUTOMATIC1111 1.10, and Forge of 2024: know a task by its id. */
        A1111,
        /** SD.Next of 2026: knows no tasks, and answers an interruption with 204. */
        SD_NEXT
    }

    private final Flavour flavour;

    private final AtomicReference<@Nullable HttpServerRequest> open = new AtomicReference<>();

    private final List<JsonObject> submitted = new CopyOnWriteArrayList<>();

    private final AtomicInteger interrupts = new AtomicInteger();

    private final AtomicInteger asked = new AtomicInteger();

    private volatile String job = "";

    private volatile @Nullable String active;

    private volatile @Nullable String queued;

    private volatile double progress;

    private volatile @Nullable String preview;

    private volatile String authorization = "";

    private volatile HttpServer server;

    public WebUiStub(Flavour flavour) {
        this.flavour = flavour;
    }

    /** Somebody else's picture is worked on. */
    public WebUiStub worksForOthers() {
        job = "scripts_txt2img";
        active = "task(theirs)";
        return this;
    }

    /** The same, wanting this header. */
    public WebUiStub wants(String header) {
        authorization = header;
        return this;
    }

    /** Begins to listen; the port it has got. */
    public int listen(Vertx vertx) {
        HttpServer made = vertx.createHttpServer().requestHandler(this::handle);
        server = made;
        return made.listen(0, "127.0.0.1").await().actualPort();
    }

    public void kill() {
        server.close().await();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        boolean allowed = authorization.isEmpty() || authorization.equals(request.getHeader("Authorization"));
        if (!allowed && request.path().startsWith("/sdapi")) {
            response.setStatusCode(401).end("{\"detail\":\"Not authenticated\"}");
            return;
        }
        switch (request.path()) {
            case "/" -> response.putHeader("Content-Type", "text/html").end("<title>Stable Diffusion</title>");
            case "/sdapi/v1/sd-models" ->
                json(
                        response,
                        "[{\"title\":\"dream.safetensors [879db523c3]\",\"model_name\":\"dream\","
                                + (flavour == Flavour.SD_NEXT ? "\"type\":\"Stable Diffusion\"," : "")
                                + "\"hash\":\"879db523c3\",\"sha256\":null,\"filename\":\"/srv/dream.safetensors\",\"config\":null}]");
            case "/sdapi/v1/options" -> json(response, "{\"sd_model_checkpoint\":\"dream.safetensors [879db523c3]\"}");
            case "/sdapi/v1/progress" ->
                json(
                        response,
                        "{\"progress\":0.0,\"eta_relative\":0.0,\"state\":{\"skipped\":false,\"interrupted\":false,\"job\":\""
                                + job + "\",\"job_count\":0,\"job_no\":0},\"current_image\":null,\"textinfo\":null}");
            case "/internal/progress" -> request.bodyHandler(body -> json(response, state(body.toJsonObject())));
            case "/sdapi/v1/txt2img" ->
                request.bodyHandler(body -> {
                    submitted.add(body.toJsonObject());
                    open.set(request);
                });
            case "/sdapi/v1/interrupt" -> {
                interrupts.incrementAndGet();
                if (flavour == Flavour.SD_NEXT) {
                    response.setStatusCode(204).end();
                } else {
                    json(response, "{}");
                }
            }
            default -> response.setStatusCode(404).end("{\"detail\":\"Not Found\"}");
        }
    }

    private String state(JsonObject asks) {
        asked.incrementAndGet();
        String id = asks.getString("id_task");
        boolean works = id.equals(active) && flavour == Flavour.A1111;
        var state = new JsonObject()
                .put("active", works)
                .put("queued", id.equals(queued))
                .put("completed", false)
                .put("progress", works ? progress : null)
                .put("eta", works ? 3.2 : null)
                .put("live_preview", works ? preview : null)
                .put("id_live_preview", works ? 1 : -1)
                .put("textinfo", works ? null : "Waiting...");
        return state.encode();
    }

    private static void json(HttpServerResponse response, String body) {
        response.putHeader("Content-Type", "application/json").end(body);
    }

    /** Waits until a picture is asked for; the id of the task. */
    public String awaitTask() {
        Await.until("a request for a picture", () -> open.get() != null);
        return submitted.getLast().getString("force_task_id");
    }

    /** It is the turn of this task, and so much of it is done. */
    public void worksOn(String task, double share, byte[] picture) {
        progress = share;
        preview = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture);
        queued = null;
        job = "scripts_txt2img";
        active = task;
    }

    /** This task waits behind another. */
    public void keepsWaiting(String task) {
        queued = task;
    }

    private HttpServerRequest request() {
        HttpServerRequest request = open.get();
        if (request == null) {
            throw new AssertionError("nothing was asked for");
        }
        return request;
    }

    public void answers(int status, String body) {
        job = "";
        active = null;
        json(request().response().setStatusCode(status), body);
    }

    public void answersWith(byte[] picture) {
        answers(
                200,
                "{\"images\":[\"" + Base64.getEncoder().encodeToString(picture)
                        + "\"],\"parameters\":{\"prompt\":\"a fox\",\"new\":{}},\"info\":\"{\\\"seed\\\": 1}\"}");
    }

    /** The connection breaks in the middle of the answer. */
    public void breaksOff() {
        HttpServerRequest request = request();
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Content-Length", "1000")
                .write("{\"images\":[\"iVBORw")
                .onComplete(sent -> request.connection().close());
    }

    public boolean isOpen() {
        HttpServerRequest request = open.get();
        return request != null && !request.response().closed();
    }

    public int interrupts() {
        return interrupts.get();
    }

    /** How often it was asked for the state of a task. */
    public int asked() {
        return asked.get();
    }

    public List<JsonObject> submitted() {
        return submitted;
    }
}
