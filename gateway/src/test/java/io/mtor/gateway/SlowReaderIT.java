// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.TestClient;
import io.mtor.gateway.testing.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask for much and read nothing. */
@Timeout(90)
class SlowReaderIT {

    private static final List<String> UPGRADE = List.of(
            "GET /ws HTTP/1.1",
            "Host: x",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");

    private static final long FAR_TOO_MUCH = 100L << 20;

    @Test
    void shouldHoldTheWorkerBackAndThenCutOffWhoDoesNotRead() throws IOException {
        try (var gateway = new RunningGateway("--gateway.sockets.stalled=2s");
                Socket sleeper = new Socket(InetAddress.getLoopbackAddress(), gateway.port);
                TestClient steady = gateway.client()) {
            // Given a client that asks for a gigabyte and never reads
            upgrade(sleeper);
            long before = used();
            IntentId guid = IntentId.random();
            send(
                    sleeper,
                    ProtocolJson.encode(ClientMessage.Work.of(guid, QueryType.CHAT, "flood 65536", null)
                            .streamed()));
            Waiting.until(
                    () -> gateway.realm.placed.keySet().stream()
                            .anyMatch(key -> key.guid().equals(guid)),
                    "placed");

            // When others ask meanwhile
            steady.ask("say hello");

            // Then they are answered, little is held for the sleeper, and it is cut off
            assertThat(steady.untilTheEnd()).last().isInstanceOf(ServerMessage.Result.class);
            assertThat(used() - before).isLessThan(FAR_TOO_MUCH);
            Waiting.until(() -> sessions(gateway) == 1, "the sleeper is cut off");
        }
    }

    @Test
    void shouldNotReadOnFromWhoDoesNotReadTheAnswers() throws IOException {
        try (var gateway = new RunningGateway("--gateway.sockets.stalled=2s");
                Socket sleeper = new Socket(InetAddress.getLoopbackAddress(), gateway.port)) {
            upgrade(sleeper);
            long before = used();
            long written = 0;
            try {
                // Answered one by one this would be gigabytes here.
                sleeper.setSendBufferSize(64 * 1024);
                while (written < 2_000_000) {
                    send(sleeper, "{\"type\":\"watch\",\"topic\":\"realm\"}");
                    written++;
                }
            } catch (IOException cutOff) {
                assertThat(used() - before).isLessThan(FAR_TOO_MUCH);
                return;
            }
            throw new AssertionError("it read " + written + " questions of a client that reads no answer");
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static int sessions(RunningGateway gateway) {
        String metrics = gateway.get("/metrics").body();
        int at = metrics.indexOf("\nmtor_gateway_sessions ") + "\nmtor_gateway_sessions ".length();
        return (int) Double.parseDouble(metrics.substring(at, metrics.indexOf('\n', at)));
    }

    private static void upgrade(Socket socket) throws IOException {
        socket.setReceiveBufferSize(4 * 1024);
        socket.getOutputStream().write(String.join("\r\n", UPGRADE).getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    /** A text frame, masked with zeros. */
    private static void send(Socket socket, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean isLong = bytes.length > 125;
        byte[] frame = new byte[bytes.length + (isLong ? 8 : 6)];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | (isLong ? 126 : bytes.length));
        if (isLong) {
            frame[2] = (byte) (bytes.length >> 8);
            frame[3] = (byte) bytes.length;
        }
        System.arraycopy(bytes, 0, frame, frame.length - bytes.length, bytes.length);
        OutputStream out = socket.getOutputStream();
        out.write(frame);
    }
}
