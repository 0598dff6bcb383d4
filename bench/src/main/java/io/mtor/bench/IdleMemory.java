// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import io.mtor.bench.process.Child;
import io.mtor.bench.process.MtorProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What an idle WebSocket weighs: the growth of a realm's memory by thousands of them, after a little traffic. */
final class IdleMemory {

    private static final int CONNECTIONS = 4_000;
    private static final int AT_ONCE = 200;

    /** This crowd is no one's fault, and is let in as fast as it comes. */
    private static final String UNPACED = """
            [gateway.sockets]
            new_per_second = 100000
            """;

    private IdleMemory() {}

    static void measure(Report report) throws IOException, InterruptedException, ExecutionException {
        int port = MtorProcess.freePort();
        Vertx vertx = Vertx.vertx();
        try (Child realm = MtorProcess.realm(port, UNPACED)) {
            WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                    .setMaxConnections(CONNECTIONS + 1)
                    .setTcpNoDelay(true));
            // The first connections load classes and fill caches; they are not what is counted.
            List<WebSocket> warm = open(client, port, AT_ONCE);
            Child.collectGarbage(realm.pid());
            long before = Child.memoryKib(realm.pid());
            List<WebSocket> sockets = new ArrayList<>(warm);
            while (sockets.size() < CONNECTIONS + AT_ONCE) {
                sockets.addAll(open(client, port, AT_ONCE));
            }
            Child.collectGarbage(realm.pid());
            long after = Child.memoryKib(realm.pid());
            report.add(
                    "idle/memory of a WebSocket (PSS, of " + CONNECTIONS + ")",
                    "KiB",
                    (after - before) / (double) CONNECTIONS);
            await(Future.all(sockets.stream().map(WebSocket::close).toList()));
        } finally {
            vertx.close();
        }
    }

    private static List<WebSocket> open(WebSocketClient client, int port, int count)
            throws InterruptedException, ExecutionException {
        List<Future<WebSocket>> opening = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opening.add(client.connect(new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setURI("/ws")));
        }
        await(Future.all(opening));
        List<WebSocket> sockets = opening.stream().map(Future::result).toList();
        sockets.forEach(socket -> socket.writeTextMessage("{\"type\":\"hello\"}"));
        return sockets;
    }

    private static void await(Future<?> future) throws InterruptedException, ExecutionException {
        future.toCompletionStage().toCompletableFuture().get();
    }
}
