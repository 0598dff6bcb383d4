// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.testing;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that keeps what it hears. */
public final class TestClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    public final BlockingQueue<ServerMessage> heard = new LinkedBlockingQueue<>();
    public final BlockingQueue<Buffer> binary = new LinkedBlockingQueue<>();
    public final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /** Kept, since its connections are closed when nobody holds it any more. */
    private final WebSocketClient owner;

    private TestClient(WebSocket socket, WebSocketClient owner) {
        this.socket = socket;
        this.owner = owner;
    }

    public static TestClient connect(Vertx vertx, int port) {
        var options = new WebSocketClientOptions().setMaxMessageSize(64 << 20).setMaxFrameSize(64 << 20);
        WebSocketClient owner = vertx.createWebSocketClient(options);
        WebSocket socket = owner.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI("/ws"))
                .await();
        var client = new TestClient(socket, owner);
        socket.textMessageHandler(text -> {
            ServerMessage message = ProtocolJson.decodeServer(text);
            if (!(message instanceof ServerMessage.Ping)) {
                client.heard.add(message);
            }
        });
        socket.binaryMessageHandler(client.binary::add);
        socket.closeHandler(ignored -> {
            Short code = socket.closeStatusCode();
            client.closed.complete(code == null ? -1 : code.intValue());
        });
        socket.exceptionHandler(e -> {});
        return client;
    }

    public WebSocket socket() {
        return socket;
    }

    public void say(ClientMessage message) {
        sayRaw(ProtocolJson.encode(message));
    }

    public void sayRaw(String text) {
        socket.writeTextMessage(text);
    }

    /** Sends work that wants a stream. */
    public IntentId ask(String text) {
        IntentId guid = IntentId.random();
        say(ClientMessage.Work.of(guid, QueryType.CHAT, text, null).streamed());
        return guid;
    }

    public ServerMessage next() {
        try {
            ServerMessage next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing was heard for " + PATIENCE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public <M extends ServerMessage> M next(Class<M> type) {
        ServerMessage next = next();
        if (!type.isInstance(next)) {
            throw new AssertionError("expected " + type.getSimpleName() + " but heard " + next);
        }
        return type.cast(next);
    }

    /** All up to the next terminal message, that included. */
    public List<ServerMessage> untilTheEnd() {
        List<ServerMessage> all = new ArrayList<>();
        do {
            all.add(next());
        } while (!all.get(all.size() - 1).isTerminal());
        return all;
    }

    public int closeCode() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the connection was not closed", e);
        }
    }

    @Override
    public void close() {
        socket.close();
        owner.close();
    }
}
