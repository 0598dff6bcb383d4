// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a gateway.
 *
 * <p>Not thread-safe: to be used on the context it was connected on. A client that was lost hands what was open to the
 * next one by {@link #have()} and {@link #resend}.
 */
public final class MtorClient {

    private static final int PART = 48 * 1024;
    private static final int LARGE_TEXT = 16 << 20;

    private final WebSocket socket;

    /** Kept because a factory that nobody refers to is closed with all its connections. */
    private final WebSocketClient factory;

    private final Map<IntentId, Answer> open = new LinkedHashMap<>();
    private final Map<IntentId, ClientMessage.Work> works = new HashMap<>();
    private Consumer<ServerMessage> other = message -> {};
    private Runnable closed = () -> {};
    private boolean lost;

    private MtorClient(WebSocket socket, WebSocketClient factory) {
        this.socket = socket;
        this.factory = factory;
    }

    /**
     * Connects to the gateway at {@code http://host:port}; says hello as this user.
     *
     * @param have what an earlier connection had open
     */
    public static Future<MtorClient> connect(
            Vertx vertx, URI gateway, UserId user, Map<IntentId, ClientMessage.Seen> have) {
        boolean tls = "https".equals(gateway.getScheme()) || "wss".equals(gateway.getScheme());
        int port = gateway.getPort() >= 0 ? gateway.getPort() : tls ? 443 : 80;
        WebSocketClient factory = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxFrameSize(LARGE_TEXT)
                .setMaxMessageSize(LARGE_TEXT)
                .setConnectTimeout(5_000));
        var options = new WebSocketConnectOptions()
                .setHost(gateway.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI("/ws")
                .addSubProtocol("mtor.v1");
        return factory.connect(options).map(socket -> {
            var client = new MtorClient(socket, factory);
            client.start();
            client.send(new ClientMessage.Hello("mtor-java/0.1.0", null, user, have));
            return client;
        });
    }

    public static Future<MtorClient> connect(Vertx vertx, URI gateway, UserId user) {
        return connect(vertx, gateway, user, Map.of());
    }

    private void start() {
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(this::onBinary);
        socket.closeHandler(ignored -> {
            lost = true;
            closed.run();
        });
        socket.exceptionHandler(e -> {});
    }

    /** Hears messages that belong to no intent of this client. */
    public MtorClient onOther(Consumer<ServerMessage> listener) {
        other = listener;
        return this;
    }

    /** Hears that the connection is gone. */
    public MtorClient onClosed(Runnable listener) {
        closed = listener;
        return this;
    }

    public boolean isLost() {
        return lost;
    }

    public void send(ClientMessage message) {
        socket.writeTextMessage(ProtocolJson.encode(message));
    }

    /** Sends work and returns its answer. */
    public Answer ask(ClientMessage.Work work, Answer.Listener listener) {
        var answer = new Answer(work.guid(), listener);
        resend(work, answer);
        return answer;
    }

    /** Sends work whose answer began on another connection. */
    public void resend(ClientMessage.Work work, Answer answer) {
        open.put(work.guid(), answer);
        works.put(work.guid(), work);
        send(work);
    }

    /** Sends the bytes of a binary stream that work has named. */
    public void upload(int stream, Bytes bytes) {
        for (int from = 0; from < bytes.length(); from += PART) {
            byte[] part =
                    bytes.slice(from, Math.min(bytes.length(), from + PART)).array();
            socket.writeBinaryMessage(
                    Buffer.buffer(part.length + 1).appendByte((byte) stream).appendBytes(part));
        }
        socket.writeBinaryMessage(Buffer.buffer(new byte[] {(byte) stream}));
    }

    /** What is open here and how far it is: for the next connection's hello. */
    public Map<IntentId, ClientMessage.Seen> have() {
        Map<IntentId, ClientMessage.Seen> have = new HashMap<>();
        open.values().forEach(answer -> {
            ServerMessage.Accepted accepted = answer.accepted();
            if (accepted != null) {
                have.put(answer.guid(), new ClientMessage.Seen(answer.seen(), accepted.workerId(), accepted.attempt()));
            }
        });
        return have;
    }

    /** What is open here, to be sent again by the next connection. */
    public List<ClientMessage.Work> openWork() {
        return open.keySet().stream().map(works::get).toList();
    }

    /** The answer of an open intent, to be handed to the next connection. */
    public Answer answer(IntentId guid) {
        Answer answer = open.get(guid);
        if (answer == null) {
            throw new IllegalArgumentException("nothing is open under " + guid);
        }
        return answer;
    }

    public Future<Void> close() {
        return socket.close().eventually(factory::close);
    }

    private void onText(String frame) {
        ServerMessage message = ProtocolJson.decodeServer(frame);
        IntentId guid = guidOf(message);
        Answer answer = guid == null ? null : open.get(guid);
        if (answer == null) {
            if (message instanceof ServerMessage.Ping ping) {
                send(new ClientMessage.Pong(ping.guid()));
            }
            other.accept(message);
            return;
        }
        if (message.isTerminal()) {
            open.remove(guid);
            works.remove(guid);
        }
        answer.receive(message);
    }

    private static @Nullable IntentId guidOf(ServerMessage message) {
        return switch (message) {
            case ServerMessage.Ack m -> m.guid();
            case ServerMessage.Queued m -> m.guid();
            case ServerMessage.Accepted m -> m.guid();
            case ServerMessage.Chunk m -> m.guid();
            case ServerMessage.Progress m -> m.guid();
            case ServerMessage.Restart m -> m.guid();
            case ServerMessage.Result m -> m.guid();
            case ServerMessage.Failure m -> m.guid();
            case ServerMessage.Welcome m -> null;
            case ServerMessage.Realm m -> null;
            case ServerMessage.Notice m -> null;
            case ServerMessage.Ping m -> null;
            case ServerMessage.Pong m -> null;
        };
    }

    private void onBinary(Buffer frame) {
        byte[] bytes = frame.getBytes();
        int stream = bytes[0] & 0xff;
        new ArrayList<>(open.values())
                .stream().filter(answer -> answer.owns(stream)).forEach(answer -> answer.bytes(bytes));
    }

    /** Media that are too large to go inside the message, as streams numbered from 1. */
    public static Media asStream(Media media, int stream) {
        return Media.streamed(media.mediaType(), stream);
    }
}
