// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.crowd;

import io.mtor.bench.chaos.history.History;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.common.retry.Backoff;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One user with one connection, who does what a browser does when it is lost: wait a random while, connect again, say
 * what is there already, and send again what is open. A connection on which nothing comes is given up.
 *
 * <p>Not thread-safe: everything happens on one event loop.
 */
final class User {

    private static final long ASK_AFTER_NANOS = 2_000_000_000L;
    private static final long GIVE_UP_AFTER_NANOS = 5_000_000_000L;
    private static final long HANDSHAKE_MILLIS = 2_000;

    private final Vertx vertx;
    private final WebSocketClient sockets;
    private final WebSocketConnectOptions gateway;
    private final UserId name;
    private final RandomGenerator random;
    private final Map<IntentId, Open> open = new LinkedHashMap<>();

    /** Whatever ended: so that a second end is recorded. */
    private final Map<IntentId, History> ended = new HashMap<>();

    private Runnable onEnd = () -> {};
    private Runnable onLost = () -> {};

    /** Counts connections; what comes on an earlier one is nobody's any more. */
    private int connection;

    private @Nullable WebSocket socket;
    private long heardAt;
    private int failures;
    private boolean gone;

    /** An intent that has not ended, and how far its answer is. */
    private static final class Open {
        private final ClientMessage.Work work;
        private final History history;
        private @Nullable WorkerId worker;
        private int attempt;
        private int nextSeq;

        Open(ClientMessage.Work work, History history) {
            this.work = work;
            this.history = history;
        }

        void note(ServerMessage message) {
            switch (message) {
                case ServerMessage.Accepted accepted -> {
                    worker = accepted.workerId();
                    attempt = accepted.attempt();
                }
                case ServerMessage.Chunk chunk -> nextSeq = chunk.seq() + 1;
                case ServerMessage.Restart restart -> {
                    worker = null;
                    nextSeq = 0;
                }
                default -> {}
            }
        }
    }

    User(Vertx vertx, WebSocketClient sockets, WebSocketConnectOptions gateway, UserId name, RandomGenerator random) {
        this.vertx = vertx;
        this.sockets = sockets;
        this.gateway = gateway;
        this.name = name;
        this.random = random;
    }

    /** Whom to tell when an intent has ended, and when a connection is lost. */
    void listen(Runnable ended, Runnable lost) {
        onEnd = ended;
        onLost = lost;
    }

    boolean isConnected() {
        return socket != null;
    }

    void send(ClientMessage.Work work, History history) {
        open.put(work.guid(), new Open(work, history));
        history.add(System.nanoTime(), new History.Event.Sent());
        write(work);
    }

    private void write(ClientMessage message) {
        if (socket != null) {
            socket.writeTextMessage(ProtocolJson.encode(message));
        }
    }

    /** Connects now. */
    void connect() {
        int mine = ++connection;
        long timer = vertx.setTimer(HANDSHAKE_MILLIS, late -> lost(mine));
        sockets.connect(gateway)
                .onSuccess(now -> {
                    if (mine == connection && vertx.cancelTimer(timer)) {
                        connected(now, mine);
                    } else {
                        now.close();
                    }
                })
                .onFailure(e -> {
                    if (vertx.cancelTimer(timer)) {
                        lost(mine);
                    }
                });
    }

    private void connected(WebSocket now, int mine) {
        socket = now;
        heardAt = System.nanoTime();
        now.textMessageHandler(frame -> {
            if (mine == connection) {
                heard(ProtocolJson.decodeServer(frame));
            }
        });
        now.exceptionHandler(e -> {});
        now.closeHandler(ignored -> lost(mine));
        write(new ClientMessage.Hello("mtor-chaos/0.1.0", null, name, have()));
        open.values().forEach(each -> {
            each.history.add(System.nanoTime(), new History.Event.Sent());
            write(each.work);
        });
    }

    private Map<IntentId, ClientMessage.Seen> have() {
        Map<IntentId, ClientMessage.Seen> have = new HashMap<>();
        open.forEach((guid, each) -> {
            if (each.worker != null) {
                have.put(guid, new ClientMessage.Seen(each.nextSeq - 1, each.worker, each.attempt));
            }
        });
        return have;
    }

    private void heard(ServerMessage message) {
        heardAt = System.nanoTime();
        failures = 0;
        IntentId guid = message.subject();
        Open each = guid == null ? null : open.get(guid);
        if (each == null) {
            other(guid, message);
            return;
        }
        each.history.add(heardAt, new History.Event.Heard(message));
        each.note(message);
        if (message.isTerminal()) {
            open.remove(guid);
            ended.put(each.work.guid(), each.history);
            onEnd.run();
        }
    }

    private void other(@Nullable IntentId guid, ServerMessage message) {
        History history = guid == null ? null : ended.get(guid);
        if (history != null) {
            history.add(heardAt, new History.Event.Heard(message));
        } else if (message instanceof ServerMessage.Ping ping) {
            write(new ClientMessage.Pong(ping.guid()));
        }
    }

    private void lost(int which) {
        if (which != connection || gone) {
            return;
        }
        connection++;
        boolean was = socket != null;
        socket = null;
        if (was) {
            open.values().forEach(each -> each.history.add(System.nanoTime(), new History.Event.Lost()));
            onLost.run();
        }
        vertx.setTimer(1 + Backoff.delayMillis(failures++, random.nextDouble()), later -> {
            if (!gone) {
                connect();
            }
        });
    }

    /** To be called about once a second: a connection that is silent is asked, and then given up. */
    void tick() {
        WebSocket now = socket;
        if (now == null) {
            return;
        }
        long silence = System.nanoTime() - heardAt;
        if (silence > GIVE_UP_AFTER_NANOS) {
            lost(connection);
            now.close();
        } else if (silence > ASK_AFTER_NANOS) {
            write(new ClientMessage.Ping(name.value()));
        }
    }

    /** Goes, for good. */
    void leave() {
        gone = true;
        if (socket != null) {
            socket.close();
        }
    }
}
