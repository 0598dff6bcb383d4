// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.bare;

import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.ClusterStart;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The baseline: a WebSocket, a hop to a dispatcher, a hop to a worker, a hop back, and the WebSocket again. It carries
 * the frame as it came, in a buffer, and knows nothing: no intents, no JSON, no failures.
 */
public final class BareShape {

    private static final int ID_LENGTH = Integer.BYTES;

    private BareShape() {}

    /** Runs {@code all} parts, or one of {@code gateway}, {@code dispatcher} and {@code worker}; the rest are cluster flags. */
    public static void main(String[] args) throws Exception {
        String part = args[0];
        int port = Integer.parseInt(args[1]);
        var config = ConfigLoader.load(
                        Flags.class, Aliases.none(), List.of(args).subList(2, args.length), Map.of())
                .config();
        Vertx vertx = ClusterStart.start(config.cluster()).vertx();
        Future<?> started = Future.succeededFuture();
        if (part.equals("all") || part.equals("worker")) {
            started = started.compose(v -> vertx.deployVerticle(new Worker()));
        }
        if (part.equals("all") || part.equals("dispatcher")) {
            started = started.compose(v -> vertx.deployVerticle(new Dispatcher()));
        }
        if (part.equals("all") || part.equals("gateway")) {
            started = started.compose(v -> vertx.deployVerticle(new Gateway(port)));
        }
        started.toCompletionStage().toCompletableFuture().get();
        System.out.println("ready");
    }

    /** The cluster flags of a process. */
    public record Flags(ClusterConfig cluster) {}

    private static final class Gateway extends VerticleBase {

        private final int port;
        private final Map<Integer, ServerWebSocket> sockets = new HashMap<>();
        private int next;

        Gateway(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            vertx.eventBus().<Buffer>consumer("bare.gateway", message -> {
                Buffer body = message.body();
                ServerWebSocket socket = sockets.get(body.getInt(0));
                if (socket != null) {
                    socket.writeTextMessage(body.getString(ID_LENGTH, body.length()));
                }
            });
            return vertx.createHttpServer(new HttpServerOptions()
                            .setPerMessageWebSocketCompressionSupported(false)
                            .setPerFrameWebSocketCompressionSupported(false))
                    .webSocketHandler(socket -> {
                        int id = next++;
                        sockets.put(id, socket);
                        socket.closeHandler(ignored -> sockets.remove(id));
                        socket.textMessageHandler(text -> vertx.eventBus()
                                .send(
                                        "bare.dispatcher",
                                        Buffer.buffer().appendInt(id).appendString(text)));
                    })
                    .listen(port, "127.0.0.1");
        }
    }

    private static final class Dispatcher extends VerticleBase {

        @Override
        public Future<?> start() {
            return vertx.eventBus()
                    .<Buffer>consumer(
                            "bare.dispatcher", message -> vertx.eventBus().send("bare.worker", message.body()))
                    .completion();
        }
    }

    private static final class Worker extends VerticleBase {

        @Override
        public Future<?> start() {
            return vertx.eventBus()
                    .<Buffer>consumer("bare.worker", message -> vertx.eventBus().send("bare.gateway", message.body()))
                    .completion();
        }
    }
}
