// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Starts parts of MTOR, and the bare shape, as processes. */
public final class MtorProcess {

    private static final long POLL_NANOS = 20_000_000;

    private MtorProcess() {}

    /** A whole realm in one process, with the simulated workers of this TOML text, ready. */
    public static Child realm(int port, String simulated) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--port", String.valueOf(port)));
        arguments.addAll(onlySimulated(simulated));
        Child child = Child.start("io.mtor.realm.MtorMain", arguments);
        child.awaitLine("MTOR is ready");
        return child;
    }

    /** Flags for a worker-agent that offers simulated model servers and nothing else. */
    public static List<String> onlySimulated(String toml) {
        return List.of(
                "--agent.worker.demo", "false",
                "--agent.worker.programs", "false",
                "--agent.discovery.on", "false",
                "--config", write(toml).toString());
    }

    /** Flags of a member: the first founds the cluster, the others join it. */
    public static List<String> member(int ownPort, int firstPort) {
        List<String> flags = new ArrayList<>(
                List.of("--cluster.enabled", "true", "--cluster.hazelcast-port", String.valueOf(ownPort)));
        if (ownPort != firstPort) {
            flags.addAll(List.of("--cluster.members", "127.0.0.1:" + firstPort));
        }
        return flags;
    }

    /** Waits until {@code /readyz} says yes. */
    public static void awaitReady(int port) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                .build();
        while (true) {
            try {
                if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** A port nobody listens on now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    private static Path write(String toml) {
        try {
            Path file = Files.createTempFile("mtor-bench-", ".toml");
            file.toFile().deleteOnExit();
            return Files.writeString(file, toml);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file", e);
        }
    }
}
