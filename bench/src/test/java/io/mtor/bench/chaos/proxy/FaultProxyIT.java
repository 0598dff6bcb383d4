// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.MtorProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the proxy does to a connection with an echo at its other end. */
@Timeout(60)
class FaultProxyIT {

    private static final String WORDS = "the realm is breathing";

    private final FaultProxy proxy = new FaultProxy(1);
    private ServerSocket echo;

    @BeforeEach
    void startEcho() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket one = echo.accept();
                    Thread.ofVirtual().start(() -> echo(one));
                } catch (IOException e) {
                    return;
                }
            }
        });
        proxy.forwardTo(List.of(URI.create("http://127.0.0.1:" + echo.getLocalPort())));
    }

    private static void echo(Socket one) {
        try (one) {
            one.getInputStream().transferTo(one.getOutputStream());
        } catch (IOException e) {
            // It was reset, as it should be.
        }
    }

    @AfterEach
    void stop() throws IOException {
        echo.close();
        proxy.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.uri().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String say(Socket socket) throws IOException {
        socket.getOutputStream().write(WORDS.getBytes(StandardCharsets.US_ASCII));
        return hear(socket);
    }

    private static String hear(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(WORDS.length()), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldPassEverythingUnchangedInAnyShape() throws IOException {
        for (Shape shape : List.of(Shape.PLAIN, new Shape(1, 0), new Shape(3, 20))) {
            proxy.shape(shape);
            try (Socket socket = connect()) {
                assertThat(say(socket)).isEqualTo(WORDS);
                assertThat(say(socket)).isEqualTo(WORDS);
            }
        }
        assertThat(proxy.connections()).isEqualTo(3);
    }

    @Test
    void shouldResetWithoutAGoodbye() throws IOException {
        try (Socket socket = connect()) {
            say(socket);

            assertThat(proxy.reset(1)).isEqualTo(1);

            assertThatThrownBy(() -> hear(socket)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldStallAndThenPassWhatWasHeldBack() throws IOException {
        try (Socket socket = connect()) {
            say(socket);
            proxy.stall(1, Duration.ofMillis(300));

            long start = System.nanoTime();
            assertThat(say(socket)).isEqualTo(WORDS);

            assertThat(System.nanoTime() - start).isGreaterThan(100_000_000L);
        }
    }

    @Test
    void shouldLeaveTheUserWithoutAnswerAndWithoutAnEnd() throws IOException {
        try (Socket socket = connect()) {
            say(socket);
            proxy.silence(1);
            socket.setSoTimeout(300);

            assertThatThrownBy(() -> say(socket)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldGoOnToTheNextGatewayWhenOneRefuses() throws IOException {
        URI nobody = URI.create("http://127.0.0.1:" + MtorProcess.freePort());
        proxy.forwardTo(List.of(nobody, URI.create("http://127.0.0.1:" + echo.getLocalPort()), nobody));
        for (int i = 0; i < 5; i++) {
            try (Socket socket = connect()) {
                assertThat(say(socket)).isEqualTo(WORDS);
            }
        }
        Conditions.await("all connections to be counted", Duration.ofSeconds(10), () -> proxy.connections() == 5);
    }
}
