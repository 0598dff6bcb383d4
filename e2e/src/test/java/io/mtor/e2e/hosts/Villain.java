// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.hosts;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.edge.EdgeJson;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestHost;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A host of a test's own making; all of it happens on one event loop. */
final class Villain implements AutoCloseable {

    static final Vertx VERTX = Vertx.vertx();

    /** One that nobody holds on to is closed by the garbage collector, with its connections. */
    static final WebSocketClient CLIENT = VERTX.createWebSocketClient();

    private final HostKey key = HostKey.generate();
    final WorkerId worker = new WorkerId("villain-" + key.mark() + ".x");
    final List<EdgeMessage.FromGateway> heard = new CopyOnWriteArrayList<>();
    private final BiConsumer<Villain, WorkerBound> manner;
    final WebSocket socket;
    int slots = 4;
    List<QueryType> serves = List.of(QueryType.CHAT);

    /** As the operator's own. */
    Villain(URI gateway, BiConsumer<Villain, WorkerBound> manner) {
        this(gateway, Trust.OWN, manner);
    }

    Villain(URI gateway, Trust trust, BiConsumer<Villain, WorkerBound> manner) {
        this.manner = manner;
        var options = new WebSocketConnectOptions()
                .setHost(gateway.getHost())
                .setPort(gateway.getPort())
                .setURI("/ws/worker")
                .putHeader("Authorization", "Bearer " + TestHost.token(trust));
        ClientWebSocket opening = CLIENT.webSocket();
        opening.textMessageHandler(frame -> hear(opening, frame));
        socket = Await.result(opening.connect(options));
    }

    private void hear(WebSocket from, String frame) {
        EdgeMessage.FromGateway message = EdgeJson.decode(frame, EdgeMessage.FromGateway.class);
        heard.add(message);
        switch (message) {
            case EdgeMessage.Challenge(var nonce) ->
                from.writeTextMessage(EdgeJson.encode(new EdgeMessage.Proof(key.publicKey(), key.sign(nonce))));
            case EdgeMessage.Told(var to, WorkerBound.Ping ping) ->
                say(new EdgeMessage.ToMonitor(
                        ping.monitor(), new MonitorBound.Pong(worker, ping.nonce(), new Load(slots, 0, false))));
            case EdgeMessage.Told(var to, var told) -> manner.accept(this, told);
            default -> {}
        }
    }

    void say(EdgeMessage message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(EdgeJson.encode(message));
        }
    }

    /** Offers what it serves, and goes on saying so. */
    Villain offering() {
        Await.until("a welcome", () -> heard.stream().anyMatch(EdgeMessage.Welcome.class::isInstance));
        VERTX.setPeriodic(1, 500, id -> {
            if (socket.isClosed()) {
                VERTX.cancelTimer(id);
            } else {
                announce(worker);
            }
        });
        return this;
    }

    void announce(WorkerId as) {
        say(new EdgeMessage.Said(new WorkerAnnouncement(
                as,
                "nowhere",
                1,
                "villain",
                "1",
                serves.stream().map(type -> new Offer(type, List.of())).toList(),
                new Load(slots, 0, false),
                false,
                Trust.OWN)));
    }

    void answer(WorkerBound.Assign assign, GatewayBound.FromWorker message) {
        say(new EdgeMessage.ToGateway(assign.gateway(), message.with(assign.capability())));
    }

    void accept(WorkerBound.Assign assign) {
        answer(assign, new GatewayBound.Accepted(assign.intent().key(), assign.attempt(), worker, null, false, 0, 0));
        say(new EdgeMessage.ToDispatcher(
                assign.dispatcher(),
                new DispatcherBound.WorkerReport(
                        worker,
                        new Load(slots, 0, false),
                        List.of(assign.intent().key()),
                        List.of())));
    }

    /** Answers at once with this text. */
    void complete(WorkerBound.Assign assign, String text) {
        accept(assign);
        end(assign, 0, text);
    }

    /** Answers at once with this medium. */
    void complete(WorkerBound.Assign assign, String mediaType, Bytes medium) {
        accept(assign);
        answer(
                assign,
                new GatewayBound.MediaPart(
                        assign.intent().key(), assign.attempt(), worker, 0, mediaType, 0, medium, true));
        end(assign, 1, "");
    }

    private void end(WorkerBound.Assign assign, int pieces, String text) {
        answer(
                assign,
                new GatewayBound.Completed(
                        assign.intent().key(), assign.attempt(), worker, pieces, text, null, null, 0, 0));
        say(new EdgeMessage.ToDispatcher(
                assign.dispatcher(),
                new DispatcherBound.WorkerReport(
                        worker,
                        new Load(slots, 0, false),
                        List.of(),
                        List.of(new DispatcherBound.Ended(
                                assign.intent().key(),
                                assign.intent().queryType(),
                                DispatcherBound.Outcome.COMPLETED,
                                1)))));
    }

    String mark() {
        return key.mark();
    }

    /** Waits until the gateway has thrown it out, and says with what words. */
    String thrownOut() {
        Await.until("the connection to be ended", socket::isClosed);
        return String.valueOf(socket.closeReason());
    }

    @Override
    public void close() {
        Await.result(socket.close());
    }
}
