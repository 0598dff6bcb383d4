// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.Secret;
import io.mtor.common.edge.EdgeJson;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Trust;
import io.mtor.worker.testing.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connection of a host, beside a gateway that behaves as each test wants it to. */
@Timeout(60)
class EdgeLinkIT {

    private static final EdgeMessage.Welcome WELCOME =
            new EdgeMessage.Welcome(new GatewayId("gateway-1"), Trust.OWN, List.of());

    private final Vertx vertx = Vertx.vertx();
    private final HostKey key = HostKey.generate();
    private final List<ServerWebSocket> connections = new CopyOnWriteArrayList<>();
    private final List<EdgeMessage.FromGateway> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** A gateway that does this with each connection, and with its number. */
    private EdgeLink linkTo(BiConsumer<ServerWebSocket, Integer> manner) {
        HttpServer gateway = vertx.createHttpServer()
                .webSocketHandler(socket -> {
                    connections.add(socket);
                    manner.accept(socket, connections.size());
                })
                .listen(0, "127.0.0.1")
                .await();
        var config =
                new JoinConfig(URI.create("ws://127.0.0.1:" + gateway.actualPort()), new Secret("a token"), null, null);
        return new EdgeLink(vertx, config, key, new SecureRandom());
    }

    private Future<Void> start(EdgeLink link) {
        return Future.future(
                promise -> vertx.runOnContext(go -> link.start(heard::add).onComplete(promise)));
    }

    private static void say(ServerWebSocket socket, EdgeMessage message) {
        socket.writeTextMessage(EdgeJson.encode(message));
    }

    private static void letIn(ServerWebSocket socket) {
        say(socket, WELCOME);
    }

    @Test
    void shouldProveItsKey() {
        var nonce = Bytes.of(new byte[] {1, 2, 3});
        List<EdgeMessage.Proof> proofs = new CopyOnWriteArrayList<>();
        EdgeLink link = linkTo((socket, number) -> {
            socket.textMessageHandler(frame -> {
                proofs.add((EdgeMessage.Proof) EdgeJson.decode(frame, EdgeMessage.FromHost.class));
                letIn(socket);
            });
            say(socket, new EdgeMessage.Challenge(nonce));
        });

        start(link).await();

        assertThat(heard).containsExactly(WELCOME);
        assertThat(proofs).singleElement().satisfies(proof -> assertThat(
                        HostKey.isProven(proof.key(), nonce, proof.signature()))
                .isTrue());
        link.close();
    }

    @Test
    void shouldComeBackIfItsFirstConnectionIsLostBeforeItIsIn() {
        EdgeLink link = linkTo((socket, number) -> {
            if (number == 1) {
                socket.close();
            } else {
                letIn(socket);
            }
        });

        start(link).await();

        Await.until("a welcome", () -> heard.contains(WELCOME));
        assertThat(connections).hasSize(2);
        link.close();
    }

    @Test
    void shouldSayWhyItIsNotLetIn() {
        EdgeLink link = linkTo((socket, number) -> socket.close((short) 1008, "the signature is not by the key"));

        Future<Void> started = start(link);

        assertThatThrownBy(() -> started.await())
                .hasMessageContaining("does not let this host in: the signature is not by the key");
        link.close();
    }

    @Test
    void shouldHaveStartedWhileItWaitsAndSayNothingUntilItIsLetIn() {
        List<String> said = new CopyOnWriteArrayList<>();
        EdgeLink link = linkTo((socket, number) -> {
            socket.textMessageHandler(said::add);
            say(socket, new EdgeMessage.Waiting("an operator has to approve this host"));
            say(socket, new EdgeMessage.Waiting("an operator has to approve this host"));
        });

        start(link).await();
        link.send(new EdgeMessage.Proof(Bytes.of(new byte[] {1}), Bytes.EMPTY));
        assertThat(heard).isEmpty();
        letIn(connections.get(0));
        Await.until("a welcome", () -> heard.contains(WELCOME));
        link.send(new EdgeMessage.Proof(Bytes.of(new byte[] {2}), Bytes.EMPTY));

        Await.until("what is said when it is in", () -> said.size() == 1);
        assertThat(EdgeJson.decode(said.get(0), EdgeMessage.FromHost.class))
                .isEqualTo(new EdgeMessage.Proof(Bytes.of(new byte[] {2}), Bytes.EMPTY));
        assertThat(connections).hasSize(1);
        link.close();
    }

    @Test
    void shouldPassOverWhatItCannotRead() {
        EdgeLink link = linkTo((socket, number) -> {
            socket.writeTextMessage("nonsense");
            say(socket, new EdgeMessage.Proof(Bytes.EMPTY, Bytes.EMPTY));
            letIn(socket);
        });

        start(link).await();

        assertThat(heard).containsExactly(WELCOME);
        assertThat(connections).hasSize(1);
        link.close();
    }
}
