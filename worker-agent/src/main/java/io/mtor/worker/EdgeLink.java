// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.cluster.StartException;
import io.mtor.common.edge.EdgeJson;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.HostKey;
import io.mtor.common.retry.Backoff;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one connection of a host to a gateway, which is looked for again whenever it is lost. What is sent while there is
 * none is dropped, as on the bus: whoever needs it asks again.
 *
 * <pre>
 *            ┌──────────────── later ───────────────┐
 *            ▼                                      │ refused, failed
 *   start ► dialling ── upgraded ► proving ─────────┤
 *                                     │ welcome,    │ closed, silent
 *                                     │ perhaps     │
 *                                     │ after a     │
 *                                     │ wait        │
 *                                     ▼             │
 *                                    in ────────────┘
 * </pre>
 *
 * <p>It lives on the context that starts it. {@link #send} may be called from any thread.
 */
final class EdgeLink {

    private static final Logger LOGGER = LoggerFactory.getLogger(EdgeLink.class);

    private static final int CONNECT_MILLIS = 5_000;

    /** An intent may bring media. */
    private static final int MAX_MESSAGE = 128 << 20;

    /** A gateway speaks every second. */
    private static final long SILENCE_MILLIS = 6_000;

    private static final long LOOK_MILLIS = 1_000;

    /** Somebody else with this key has connected. */
    private static final int ELSEWHERE = 4001;

    /** It has said something that no host may say. */
    private static final int FORBIDDEN = 1008;

    /** Who is not wanted comes back later, not at once. */
    private static final long UNWANTED_MILLIS = 30_000;

    private static final int UNAUTHORIZED = 401;

    private static final int NOT_FOUND = 404;

    private final Vertx vertx;

    private final JoinConfig config;

    private final HostKey key;

    private final RandomGenerator random;

    private final WebSocketClient client;

    private final Promise<Void> started = Promise.promise();

    private volatile @Nullable Context context;

    private Consumer<EdgeMessage.FromGateway> receiver = message -> {};

    private @Nullable WebSocket socket;

    private volatile boolean in;

    /** It has been said that this host waits to be approved. */
    private boolean waiting;

    private boolean closed;

    private int failures;

    private long heardNanos;

    EdgeLink(Vertx vertx, JoinConfig config, HostKey key, RandomGenerator random) {
        this.vertx = vertx;
        this.config = config;
        this.key = key;
        this.random = random;
        var options = new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxMessageSize(MAX_MESSAGE)
                .setSsl(config.isSecure());
        if (config.certificate() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(config.certificate()));
        }
        this.client = vertx.createWebSocketClient(options);
    }

    /**
     * Looks for the gateway, and hears on the calling context what comes from it once it has let this host in.
     *
     * @return completes when the host is in or waits to be approved, or the gateway cannot be reached for now; fails if it does not want the host
     */
    Future<Void> start(Consumer<EdgeMessage.FromGateway> handler) {
        context = vertx.getOrCreateContext();
        receiver = handler;
        vertx.setPeriodic(LOOK_MILLIS, id -> look());
        dial();
        return started.future();
    }

    /** Whether a gateway has let this host in, and is still there. From any thread. */
    boolean isIn() {
        return in;
    }

    /** Ends the connection, for good. */
    void close() {
        withContext(() -> {
            closed = true;
            if (socket != null) {
                socket.close();
            }
        });
    }

    void send(EdgeMessage.FromHost message) {
        String frame = EdgeJson.encode(message);
        withContext(() -> {
            if (in && socket != null) {
                socket.writeTextMessage(frame);
            }
        });
    }

    private void withContext(Runnable action) {
        Context mine = context;
        if (mine != null) {
            mine.runOnContext(go -> action.run());
        }
    }

    private void dial() {
        var options = new WebSocketConnectOptions()
                .setHost(Objects.requireNonNull(config.url()).getHost())
                .setPort(config.port())
                .setURI("/ws/worker")
                .setSsl(config.isSecure())
                .putHeader(
                        "Authorization",
                        "Bearer " + Objects.requireNonNull(config.token()).value());
        // The gateway speaks first, so whoever hears it must be there before it is connected.
        ClientWebSocket opening = client.webSocket();
        opening.textMessageHandler(frame -> receive(opening, frame));
        opening.closeHandler(ignored -> lost(opening));
        opening.exceptionHandler(e -> {});
        opening.connect(options).onSuccess(opened -> upgraded(opening)).onFailure(this::failed);
    }

    private void upgraded(WebSocket opened) {
        heardNanos = System.nanoTime();
        socket = opened;
        if (closed) {
            opened.close();
        } else if (opened.isClosed()) {
            lost(opened);
        }
    }

    private void receive(WebSocket from, String frame) {
        heardNanos = System.nanoTime();
        EdgeMessage.FromGateway message;
        try {
            message = EdgeJson.decode(frame, EdgeMessage.FromGateway.class);
        } catch (IllegalArgumentException e) {
            LOGGER.atWarn().addKeyValue("reason", e.getMessage()).log("dropped a message of the gateway");
            return;
        }
        switch (message) {
            case EdgeMessage.Challenge(var nonce) ->
                from.writeTextMessage(EdgeJson.encode(new EdgeMessage.Proof(key.publicKey(), key.sign(nonce))));
            case EdgeMessage.Waiting(var why) -> waits(why);
            case EdgeMessage.Welcome welcome -> {
                in = true;
                waiting = false;
                failures = 0;
                LOGGER.atInfo()
                        .addKeyValue("url", config.url())
                        .addKeyValue("gateway", welcome.gateway())
                        .addKeyValue("trust", welcome.trust())
                        .addKeyValue("query_types", welcome.queryTypes())
                        .log("joined");
                receiver.accept(welcome);
                started.tryComplete();
            }
            case EdgeMessage.Told told -> receiver.accept(told);
            case EdgeMessage.News news -> receiver.accept(news);
        }
    }

    /** It is said again every second, and by each gateway; once is enough for who reads the log. */
    private void waits(String why) {
        failures = 0;
        started.tryComplete();
        if (!waiting) {
            waiting = true;
            LOGGER.atWarn()
                    .addKeyValue("url", config.url())
                    .addKeyValue("host", key.mark())
                    .addKeyValue("reason", why)
                    .log("waits to be let in");
        }
    }

    private void lost(WebSocket which) {
        if (socket != which) {
            return;
        }
        String why = which.closeReason() == null ? "connection lost" : which.closeReason();
        boolean wasIn = in;
        socket = null;
        in = false;
        if (closed) {
            return;
        }
        int code = which.closeStatusCode() == null ? 0 : which.closeStatusCode();
        if (!wasIn && code == FORBIDDEN) {
            started.tryFail(new StartException(config.url() + " does not let this host in: " + why + "."));
        }
        started.tryComplete();
        if (code == FORBIDDEN) {
            LOGGER.atError()
                    .addKeyValue("url", config.url())
                    .addKeyValue("reason", why)
                    .log("thrown out by the gateway");
            dialAfter(UNWANTED_MILLIS);
        } else if (code == ELSEWHERE) {
            LOGGER.atError()
                    .addKeyValue("reason", why)
                    .addKeyValue("host", key.mark())
                    .log("another worker-agent has the key of this host; give one of them a join.key of its own");
            dialAfter(UNWANTED_MILLIS);
        } else {
            LOGGER.atWarn()
                    .addKeyValue("url", config.url())
                    .addKeyValue("reason", why)
                    .log("left the gateway");
            later();
        }
    }

    private void failed(Throwable why) {
        String reason = String.valueOf(why.getMessage());
        if (why instanceof UpgradeRejectedException refused) {
            String said = refused.getBody() == null
                    ? ""
                    : refused.getBody().toString().strip();
            reason = "status " + refused.getStatus() + (said.isEmpty() ? "" : ": " + said);
            if (refused.getStatus() == UNAUTHORIZED || refused.getStatus() == NOT_FOUND) {
                started.tryFail(new StartException(config.url() + " does not let this host in (status "
                        + refused.getStatus() + "): " + said + "."));
            }
        }
        LOGGER.atLevel(failures == 0 ? Level.WARN : Level.DEBUG)
                .addKeyValue("url", config.url())
                .addKeyValue("reason", reason)
                .log("the gateway cannot be reached, or does not let this host in; tried on");
        started.tryComplete();
        later();
    }

    private void later() {
        dialAfter(Math.max(1, Backoff.delayMillis(failures++, random.nextDouble())));
    }

    private void dialAfter(long millis) {
        vertx.setTimer(millis, id -> {
            if (!closed) {
                dial();
            }
        });
    }

    /** A connection may die without a word. */
    private void look() {
        WebSocket open = socket;
        if (open != null && (System.nanoTime() - heardNanos) / 1_000_000 > SILENCE_MILLIS) {
            lost(open);
            open.close();
        }
    }
}
