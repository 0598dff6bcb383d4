// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.control;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The owner's page and commands, on 127.0.0.1. What it needs and cannot have is no reason for a host not to work. */
public final class ControlVerticle extends VerticleBase {

    private static final Logger LOGGER = LoggerFactory.getLogger(ControlVerticle.class);

    private static final String HERE = "127.0.0.1";

    private static final int MAX_BODY = 1_024;

    private static final int IDLE_SECONDS = 60;

    private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html; charset=utf-8",
            "/owner.css", "text/css; charset=utf-8",
            "/owner.js", "text/javascript; charset=utf-8");

    private final ControlConfig config;

    private final Controlled agent;

    private final Path file;

    private @Nullable Reach reach;

    private Guard guard = new Guard(0, "");

    public ControlVerticle(ControlConfig config, Controlled agent) {
        this.config = config;
        this.agent = agent;
        this.file = config.reach();
    }

    /** Where it is reached; null if it is not. */
    public @Nullable Reach reach() {
        return reach;
    }

    @Override
    public Future<?> start() {
        if (!config.on()) {
            return Future.succeededFuture();
        }
        return listen(config.port())
                .recover(taken -> listen(0))
                .compose(server -> {
                    var reached = new Reach("http://" + HERE + ":" + server.actualPort(), Reach.newToken());
                    guard = new Guard(server.actualPort(), reached.token());
                    return vertx.executeBlocking(() -> {
                                reached.write(file);
                                return reached;
                            })
                            .onSuccess(written -> reach = written)
                            .recover(e -> server.close().compose(closed -> Future.failedFuture(e)));
                })
                .<Void>mapEmpty()
                .recover(e -> {
                    LOGGER.atWarn()
                            .addKeyValue("file", file)
                            .addKeyValue("reason", e.toString())
                            .log("no page and no commands for the owner");
                    return Future.succeededFuture();
                });
    }

    private Future<HttpServer> listen(int port) {
        var options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS).setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options).requestHandler(this::answer).listen(port, HERE);
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        headers(response);
        boolean changes = !request.method().equals(HttpMethod.GET);
        var asked = new Guard.Asked(
                changes, request.getHeader("Host"), request.getHeader("Origin"), request.getHeader("Authorization"));
        String objection = guard.objection(asked);
        String path = Objects.requireNonNullElse(request.path(), "");
        if (objection != null) {
            refuse(request, 403, objection);
        } else if (changes) {
            command(request, path);
        } else if (path.equals("/status")) {
            json(response, agent.status());
        } else if (TYPES.containsKey(path)) {
            response.putHeader("Content-Type", TYPES.get(path)).end(resource(path));
        } else {
            refuse(request, 404, "there is no such page");
        }
    }

    private static void headers(HttpServerResponse response) {
        response.putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
    }

    private void command(HttpServerRequest request, String path) {
        if (!request.method().equals(HttpMethod.POST)) {
            refuse(request, 405, "ask with GET or POST");
            return;
        }
        var body = Buffer.buffer();
        request.handler(part -> {
            if (body.length() <= MAX_BODY) {
                body.appendBuffer(part);
            }
        });
        request.endHandler(end -> {
            if (body.length() > MAX_BODY) {
                refuse(request, 413, "that is too long");
                return;
            }
            try {
                carryOut(request, path, body);
            } catch (IllegalArgumentException e) {
                refuse(request, 400, String.valueOf(e.getMessage()));
            }
        });
    }

    private void carryOut(HttpServerRequest request, String path, Buffer body) {
        switch (path) {
            case "/pause" -> done(request, agent.pause(time(body)));
            case "/resume" -> done(request, agent.resume());
            case "/drain" -> done(request, agent.leave());
            default -> refuse(request, 404, "there are /pause, /resume and /drain");
        }
    }

    private static @Nullable Duration time(Buffer body) {
        if (body.length() == 0) {
            return null;
        }
        try {
            Long seconds = new JsonObject(body).getLong("seconds");
            if (seconds != null && (seconds < 1 || seconds > LONGEST_PAUSE.toSeconds())) {
                throw new IllegalArgumentException("seconds must be 1 to " + LONGEST_PAUSE.toSeconds());
            }
            return seconds == null ? null : Duration.ofSeconds(seconds);
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException("the body must look like {\"seconds\":7200}", e);
        }
    }

    private void done(HttpServerRequest request, Future<?> done) {
        done.onSuccess(v -> json(request.response(), agent.status()))
                .onFailure(e -> refuse(request, 503, String.valueOf(e.getMessage())));
    }

    private static void json(HttpServerResponse response, JsonObject body) {
        response.putHeader("Content-Type", "application/json").end(body.toBuffer());
    }

    private static void refuse(HttpServerRequest request, int status, String why) {
        json(request.response().setStatusCode(status), new JsonObject().put("error", why));
    }

    private static Buffer resource(String path) {
        String name = path.equals("/") ? "owner.html" : path.substring(1);
        try (InputStream in = Objects.requireNonNull(ControlVerticle.class.getResourceAsStream(name))) {
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Future<?> stop() {
        Reach written = reach;
        return written == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    written.remove(file);
                    return written;
                });
    }
}
