// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at the realm as one gateway sees it now. Used by one thread. */
final class RealmEye implements AutoCloseable {

    private static final long LIMIT_SECONDS = 2;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final WebSocketClient sockets =
            vertx.createWebSocketClient(new WebSocketClientOptions().setConnectTimeout((int) LIMIT_SECONDS * 1_000));

    /** Empty if it does not answer. */
    Optional<ServerMessage.Realm> look(URI gateway) {
        Future<ServerMessage.Realm> seen = sockets.connect(gateway.getPort(), gateway.getHost(), "/ws")
                .compose(socket -> watch(socket).eventually(socket::close));
        try {
            return Optional.of(seen.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Future<ServerMessage.Realm> watch(WebSocket socket) {
        Promise<ServerMessage.Realm> seen = Promise.promise();
        socket.textMessageHandler(frame -> {
            if (ProtocolJson.decodeServer(frame) instanceof ServerMessage.Realm realm) {
                seen.tryComplete(realm);
            }
        });
        socket.exceptionHandler(seen::tryFail);
        socket.closeHandler(gone -> seen.tryFail("the gateway is gone"));
        socket.writeTextMessage(ProtocolJson.encode(new ClientMessage.Watch("realm", true)));
        return seen.future();
    }

    @Override
    public void close() {
        vertx.close();
    }
}
