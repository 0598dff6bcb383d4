// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ProtocolJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection to a gateway, or the attempt to make one. Once it is let go, nothing of it is heard. */
final class Wire {

    private static final int PART = 48 * 1024;
    private static final long SECOND = 1_000;

    private final Events events;
    private @Nullable WebSocket socket;
    private boolean letGo;

    /** What happens to it. */
    interface Events {

        void connected();

        /** @param retryAfterMillis what the gateway asked for; negative if nothing */
        void refused(String why, long retryAfterMillis);

        void text(String frame);

        void binary(Buffer frame);

        void lost(String why);
    }

    private Wire(Events events) {
        this.events = events;
    }

    static Wire connect(WebSocketClient sockets, URI gateway, Events events) {
        boolean tls = "https".equals(gateway.getScheme()) || "wss".equals(gateway.getScheme());
        int port = gateway.getPort() >= 0 ? gateway.getPort() : tls ? 443 : 80;
        var wire = new Wire(events);
        sockets.connect(new WebSocketConnectOptions()
                        .setHost(gateway.getHost())
                        .setPort(port)
                        .setSsl(tls)
                        .setURI("/ws")
                        .addSubProtocol("mtor.v1"))
                .onComplete(wire::opened, wire::refused);
        return wire;
    }

    private void opened(WebSocket opened) {
        opened.exceptionHandler(e -> {});
        if (letGo) {
            opened.close();
            return;
        }
        socket = opened;
        opened.textMessageHandler(frame -> {
            if (!letGo) {
                events.text(frame);
            }
        });
        opened.binaryMessageHandler(frame -> {
            if (!letGo) {
                events.binary(frame);
            }
        });
        opened.closeHandler(ignored -> {
            if (!letGo) {
                events.lost(why(opened));
            }
        });
        events.connected();
    }

    private static String why(WebSocket closed) {
        Short code = closed.closeStatusCode();
        String reason = closed.closeReason();
        if (code == null) {
            return "the connection broke";
        }
        return reason == null || reason.isEmpty() ? "closed with " + code : reason;
    }

    private void refused(Throwable cause) {
        if (letGo) {
            return;
        }
        if (cause instanceof UpgradeRejectedException rejected) {
            events.refused("HTTP " + rejected.getStatus(), retryAfterMillis(rejected));
        } else {
            String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
            events.refused(message.startsWith("Connection refused") ? "connection refused" : message, -1);
        }
    }

    /** The header counts whole seconds; its other form, a date, is not used by gateways. */
    private static long retryAfterMillis(UpgradeRejectedException rejected) {
        String seconds =
                rejected.getHeaders() == null ? null : rejected.getHeaders().get("Retry-After");
        return seconds != null && seconds.matches("\\d{1,6}") ? Long.parseLong(seconds) * SECOND : -1;
    }

    void send(ClientMessage message) {
        if (socket != null && !socket.isClosed()) {
            socket.writeTextMessage(ProtocolJson.encode(message));
        }
    }

    void upload(int stream, Bytes bytes) {
        if (socket == null || socket.isClosed()) {
            return;
        }
        for (int from = 0; from < bytes.length(); from += PART) {
            byte[] part =
                    bytes.slice(from, Math.min(bytes.length(), from + PART)).array();
            socket.writeBinaryMessage(
                    Buffer.buffer(part.length + 1).appendByte((byte) stream).appendBytes(part));
        }
        socket.writeBinaryMessage(Buffer.buffer(new byte[] {(byte) stream}));
    }

    /** Closes it, or will as soon as it opens. */
    void letGo() {
        letGo = true;
        if (socket != null) {
            socket.close();
        }
    }
}
