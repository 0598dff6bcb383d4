// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.GatewayBound.Failed;
import io.mtor.common.bus.Operating;
import io.mtor.common.edge.EdgeJson;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.HostKey;
import io.mtor.common.edge.JoinToken;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.WorkerId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection of one host: who it is, what it says, how fast. */
final class HostSocket {

    /** RFC 6455, section 7.4. */
    private static final short POLICY = 1008;

    private static final short TOO_BIG = 1009;

    private static final int NONCE_BYTES = 32;

    /** A whole answer may come at once, see the limits of a worker-agent. */
    private static final int MAX_MESSAGE_BYTES = 32 << 20;

    /** What waits for a host that does not read; what comes then is lost, as on a bus. */
    private static final int MAX_WAITING_BYTES = 16 << 20;

    /** So many bytes have room in the frame that ends a connection. */
    private static final int MAX_REASON = 123;

    private static final Pattern NOT_ASCII = Pattern.compile("[^ -~]");

    private static final long MIN_MILLIS_BETWEEN_LINES = 1_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(HostSocket.class);

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What a connection tells of itself; on the gateway's event loop. */
    interface Listener {

        /** It has the key that its name comes from. */
        void proven(HostSocket socket);

        /** It is there, and may say nothing. */
        void alive(HostSocket socket);

        /** It says something that it may. */
        void says(HostSocket socket, EdgeMessage.FromHost message);

        void closed(HostSocket socket, String why);
    }

    private final ServerWebSocket socket;
    private final JoinToken token;
    private final String node;
    private final HostsConfig config;
    private final Listener listener;
    private final Bytes nonce = nonce();
    private final InHand inHand;
    private Buffer message = Buffer.buffer();
    private final long since;
    private @Nullable HostRules rules;
    private String mark = "";
    private long read;
    private long heard;
    private long silentUntil;
    private @Nullable String whyClosed;

    HostSocket(
            ServerWebSocket socket,
            JoinToken token,
            String node,
            HostsConfig config,
            Listener listener,
            InHand inHand,
            long now) {
        this.socket = socket;
        this.token = token;
        this.node = node;
        this.config = config;
        this.listener = listener;
        this.inHand = inHand;
        this.since = now;
        this.heard = now;
        this.silentUntil = now;
    }

    private static Bytes nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return Bytes.of(nonce);
    }

    void start() {
        socket.setWriteQueueMaxSize(MAX_WAITING_BYTES);
        socket.frameHandler(this::onFrame);
        socket.exceptionHandler(e -> {});
        socket.pongHandler(pong -> listener.alive(this));
        socket.closeHandler(ignored -> listener.closed(this, whyClosed == null ? "connection lost" : whyClosed));
        send(new EdgeMessage.Challenge(nonce));
    }

    /** Writes down that an answer has failed here, once a second at most: a host may go on and on. */
    void notLetThrough(Failed answer, long now) {
        if (now >= silentUntil) {
            silentUntil = now + MIN_MILLIS_BETWEEN_LINES;
            LOGGER.atWarn()
                    .addKeyValue("host", mark)
                    .addKeyValue("worker", answer.worker())
                    .addKeyValue("guid", answer.key().guid())
                    .addKeyValue("reason", answer.message())
                    .log("an answer is not let through");
        }
    }

    JoinToken token() {
        return token;
    }

    /** What its key gives it; empty before it has proven it. */
    String mark() {
        return mark;
    }

    InHand inHand() {
        return inHand;
    }

    boolean isProven() {
        return !mark.isEmpty();
    }

    boolean isIn() {
        return rules != null;
    }

    boolean isWaiting() {
        return isProven() && !isIn();
    }

    Operating.Host seen() {
        return new Operating.Host(
                mark, token.name(), token.trust(), isWaiting(), workers().size());
    }

    /** From now on it may speak. */
    void letIn() {
        rules = new HostRules(mark, token, node, config.workers());
    }

    /** It is to be told why, every second; its WebSocket answers for it that it is still there. */
    void keepWaiting(String why) {
        send(new EdgeMessage.Waiting(why));
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    /** Its workers and their incarnations. */
    Map<WorkerId, Long> workers() {
        return rules == null ? Map.of() : rules.workers();
    }

    /** When it began, and when it was last heard. */
    long since() {
        return since;
    }

    long heard() {
        return heard;
    }

    /** Says it, unless too much waits already. */
    void send(EdgeMessage.FromGateway message) {
        if (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writeTextMessage(EdgeJson.encode(message));
        }
    }

    void refuse(String why) {
        close(POLICY, why);
    }

    void close(short code, String why) {
        if (whyClosed == null) {
            whyClosed = why;
            String said = NOT_ASCII.matcher(why).replaceAll("?");
            socket.close(code, said.length() > MAX_REASON ? said.substring(0, MAX_REASON) : said);
        }
    }

    /** Reads on: the second in which it has sent too much is over. */
    void readOn() {
        if (read > config.rate().bytes()) {
            socket.resume();
        }
        read = 0;
    }

    void onFrame(WebSocketFrame frame) {
        if (whyClosed != null || !(frame.isText() || frame.isContinuation())) {
            return;
        }
        // A frame may end within a character.
        Buffer part = frame.binaryData();
        read += part.length();
        if (read > config.rate().bytes()) {
            socket.pause();
        }
        if (message.length() + part.length() > MAX_MESSAGE_BYTES) {
            close(TOO_BIG, "a message may have " + MAX_MESSAGE_BYTES + " bytes");
            return;
        }
        message.appendBuffer(part);
        if (frame.isFinal()) {
            String whole = message.toString(StandardCharsets.UTF_8);
            message = Buffer.buffer();
            receive(whole);
        }
    }

    private void receive(String frame) {
        try {
            EdgeMessage.FromHost message = EdgeJson.decode(frame, EdgeMessage.FromHost.class);
            HostRules known = rules;
            if (known != null) {
                listener.says(this, known.judge(message));
            } else if (isProven()) {
                refuse("a host says nothing before it is let in");
            } else if (message instanceof EdgeMessage.Proof proof) {
                prove(proof);
            } else {
                refuse("a host proves its key first");
            }
        } catch (HostRules.Forbidden | IllegalArgumentException e) {
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private void prove(EdgeMessage.Proof proof) {
        if (HostKey.isProven(proof.key(), nonce, proof.signature())) {
            mark = HostKey.markOf(proof.key());
            listener.proven(this);
        } else {
            refuse("the signature is not by the key");
        }
    }

    void heardAt(long now) {
        heard = now;
    }
}
