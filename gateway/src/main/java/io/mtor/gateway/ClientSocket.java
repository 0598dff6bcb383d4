// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ProtocolException;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.admission.Admission.Decision.Refused;
import io.mtor.gateway.operate.SignIn;
import io.mtor.gateway.session.Receiver;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket of a user: frames in, messages out. */
final class ClientSocket implements Receiver {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClientSocket.class);

    /** Streams are numbered 1 to 255 and reused. */
    private static final int STREAMS = 255;

    /** RFC 6455: it violates our policy. */
    private static final short NOT_ALLOWED = 1008;

    private static final long UPLOAD_PATIENCE_MILLIS = 60_000;

    private final ServerWebSocket socket;
    private final Gateway gateway;
    private final long number;
    private final Uploads uploads;
    private final String session = UUID.randomUUID().toString();
    private final Map<IntentId, IntentKey> open = new HashMap<>();
    private final Map<IntentId, ClientMessage.Seen> seen = new HashMap<>();
    private final Map<IntentId, Integer> mediaStreams = new HashMap<>();

    private UserId user = new UserId("anonymous-" + session);
    private final SignIn signIn;
    private boolean challenged;
    private boolean watching;
    private boolean watchingOperations;
    private boolean missedRealm;
    private int nextStream;
    private long congestedSince = -1;
    private boolean leaving;

    ClientSocket(ServerWebSocket socket, Gateway gateway) {
        this.socket = socket;
        this.gateway = gateway;
        this.number = gateway.nextConnection();
        this.uploads = new Uploads(gateway.limits());
        this.signIn = gateway.operators().signIn();
    }

    void start() {
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(this::onBinary);
        socket.drainHandler(ignored -> onDrained());
        socket.closeHandler(ignored -> gateway.closed(this));
        socket.exceptionHandler(e -> {});
    }

    UserId user() {
        return user;
    }

    /** Where it comes from. */
    String remote() {
        return String.valueOf(socket.remoteAddress());
    }

    Map<IntentId, IntentKey> open() {
        return open;
    }

    /** Whoever sends is there. */
    private void heard() {
        if (challenged) {
            challenged = false;
            gateway.heard(this);
        }
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public boolean challenge() {
        challenged = true;
        ping();
        return true;
    }

    /** True if nothing is open here, nor on its way. */
    boolean isIdle() {
        return open.isEmpty() && uploads.isEmpty();
    }

    private void onText(String frame) {
        if (leaving) {
            return;
        }
        heard();
        try {
            ClientMessage message = gateway.json().decodeClient(frame);
            try {
                handle(message);
            } catch (RuntimeException e) {
                failed(message, e);
            }
        } catch (ProtocolException e) {
            if (e.guid() != null) {
                uploads.forget(e.guid());
            }
            refuse(e.guid(), e.code(), Objects.requireNonNullElse(e.getMessage(), "bad request"));
        }
    }

    private void handle(ClientMessage message) {
        switch (message) {
            case ClientMessage.Work work -> onWork(work);
            case ClientMessage.Cancel cancel -> onCancel(cancel);
            case ClientMessage.Hello hello -> onHello(hello);
            case ClientMessage.Watch watch -> onWatch(watch);
            case ClientMessage.Admin admin -> {
                if (isAllowed("admin")) {
                    gateway.operators().act(this, admin);
                }
            }
            case ClientMessage.Ping ping -> send(new ServerMessage.Pong(ping.guid()));
            case ClientMessage.Pong pong -> {}
        }
    }

    /** Our fault: said once in the log, and to the client. */
    private void failed(ClientMessage message, RuntimeException e) {
        IntentId guid = message instanceof ClientMessage.Work work ? work.guid() : null;
        LOGGER.atError().addKeyValue("guid", guid).setCause(e).log("a message could not be handled");
        refuse(guid, ErrorCode.INTERNAL, "the gateway could not handle it");
    }

    private void onWatch(ClientMessage.Watch watch) {
        if (watch.topic().equals(ClientMessage.Watch.REALM)) {
            watching = watch.on();
            if (watching) {
                send(gateway.realm().snapshot());
            }
        } else if (isAllowed("the topic admin")) {
            watchingOperations = watch.on();
            if (watchingOperations) {
                gateway.operators().ask();
            }
        }
    }

    /** Says so if it is not. */
    private boolean isAllowed(String what) {
        if (!signIn.isOperator()) {
            refuse(null, ErrorCode.FORBIDDEN, what + " is for operators, who show their token in a hello");
        }
        return signIn.isOperator();
    }

    private void onHello(ClientMessage.Hello hello) {
        switch (signIn.show(hello.token())) {
            case TOO_OFTEN_WRONG -> {
                refuse(null, ErrorCode.UNAUTHORIZED, "the token is wrong once too often");
                close(NOT_ALLOWED, "wrong tokens");
                return;
            }
            case WRONG -> refuse(null, ErrorCode.UNAUTHORIZED, "the token is wrong");
            case NOBODY, OPERATOR -> {}
        }
        watchingOperations &= signIn.isOperator();
        if (hello.userId() != null) {
            user = hello.userId();
        }
        seen.clear();
        seen.putAll(hello.seen());
        send(new ServerMessage.Welcome(
                session,
                user,
                gateway.limits(),
                gateway.realm().queryTypes(),
                signIn.isOperator() ? ServerMessage.Role.ADMIN : null));
    }

    private void onWork(ClientMessage.Work work) {
        if (Uploads.streamsOf(work).isEmpty()) {
            admit(work, Objects.requireNonNullElse(work.media(), List.of()));
            return;
        }
        try {
            uploads.begin(work, gateway.now());
        } catch (Uploads.BrokenUpload e) {
            refuse(work.guid(), ErrorCode.BAD_REQUEST, Objects.requireNonNull(e.getMessage()));
        }
    }

    private void onBinary(Buffer frame) {
        heard();
        try {
            uploads.frame(frame.getBytes()).ifPresent(complete -> admit(complete.work(), complete.media()));
        } catch (Uploads.BrokenUpload e) {
            String why = Objects.requireNonNull(e.getMessage());
            ErrorCode code = e.works().isEmpty() ? ErrorCode.BAD_REQUEST : ErrorCode.TOO_LARGE;
            if (e.works().isEmpty()) {
                refuse(null, code, why);
            }
            e.works().forEach(work -> refuse(work.guid(), code, why));
        }
    }

    private void admit(ClientMessage.Work work, List<Media> media) {
        UserId sender = work.userId() == null ? user : work.userId();
        gateway.open(this, work, media, sender, seen.remove(work.guid()));
    }

    private void onCancel(ClientMessage.Cancel cancel) {
        if (uploads.forget(cancel.guid())) {
            refuse(cancel.guid(), ErrorCode.CANCELLED, "cancelled by the client");
            return;
        }
        IntentKey key = open.get(cancel.guid());
        if (key == null || !gateway.cancel(key)) {
            refuse(
                    null,
                    ErrorCode.BAD_REQUEST,
                    "cancel: no open intent of this connection has the guid " + cancel.guid());
        }
    }

    /** Says no. An intent that is open keeps its own end, so the guid is then only named in the text. */
    void refuse(@Nullable IntentId guid, ErrorCode code, String message) {
        boolean isOpen = guid != null && open.containsKey(guid);
        send(new ServerMessage.Failure(
                isOpen ? null : guid,
                code,
                isOpen ? message + " (guid " + guid + ")" : message,
                code.retryable(),
                new Refused(code, message).retryAfterMillis()));
    }

    @Override
    public void send(ServerMessage message) {
        if (message instanceof ServerMessage.Result result) {
            forget(result.guid());
        } else if (message instanceof ServerMessage.Failure failure && failure.guid() != null) {
            forget(failure.guid());
        }
        if (!socket.isClosed()) {
            socket.writeTextMessage(ProtocolJson.encode(message));
            noteCongestion();
        }
    }

    private void forget(IntentId guid) {
        open.remove(guid);
        mediaStreams.remove(guid);
    }

    @Override
    public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {
        if (offset == 0) {
            nextStream = freeStream();
            mediaStreams.put(guid, nextStream);
            send(new ServerMessage.Chunk(guid, seq, null, nextStream, mediaType));
        }
        Integer stream = mediaStreams.get(guid);
        if (stream == null || socket.isClosed()) {
            return;
        }
        byte number = (byte) (int) stream;
        socket.writeBinaryMessage(
                Buffer.buffer(part.length() + 1).appendByte(number).appendBytes(part.array()));
        if (last) {
            mediaStreams.remove(guid);
            socket.writeBinaryMessage(Buffer.buffer(new byte[] {number}));
        }
        noteCongestion();
    }

    /** The next number that carries nothing now. */
    private int freeStream() {
        int next = nextStream % STREAMS + 1;
        for (int tries = 0; tries < STREAMS && mediaStreams.containsValue(next); tries++) {
            next = next % STREAMS + 1;
        }
        return next;
    }

    /** Shows the state of the realm; while the client does not read, only the last state is kept for it. */
    void showRealm(ServerMessage.Realm realm) {
        if (isCongested()) {
            missedRealm = true;
        } else if (watching) {
            send(realm);
        }
    }

    boolean isWatchingOperations() {
        return watchingOperations;
    }

    /** The next one comes in a second, so a client that does not read gets none of them late. */
    void showOperations(ServerMessage.Operations operations) {
        if (watchingOperations && !isCongested()) {
            send(operations);
        }
    }

    /** Who does not read what we write is not read either: what it asks for must not pile up here. */
    private void noteCongestion() {
        if (congestedSince < 0 && socket.writeQueueFull()) {
            congestedSince = gateway.now();
            socket.pause();
        }
    }

    @Override
    public boolean isCongested() {
        return congestedSince >= 0;
    }

    private void onDrained() {
        congestedSince = -1;
        socket.resume();
        gateway.drained(this);
        if (missedRealm) {
            missedRealm = false;
            showRealm(gateway.realm().snapshot());
        }
    }

    /** Time has passed: uploads that never ended are refused, a peer that reads nothing is cut off. */
    void tick(long now, long stalledMillis) {
        uploads.expire(now - UPLOAD_PATIENCE_MILLIS)
                .forEach(work -> refuse(work.guid(), ErrorCode.BAD_REQUEST, "its binary streams never ended"));
        if (congestedSince >= 0 && now - congestedSince > stalledMillis) {
            cutOff();
        }
    }

    /** Closes without waiting for a peer that does not read. */
    void cutOff() {
        HardClose.of(socket);
    }

    void ping() {
        send(new ServerMessage.Ping(session));
    }

    /** Says goodbye, once; what comes after that is not heard, and its sender knows. */
    void close(short code, String reason) {
        if (!leaving) {
            leaving = true;
            socket.close(code, reason);
        }
    }
}
