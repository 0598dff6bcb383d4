// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the processes of a cluster are started: this JVM's own Java and class path, on loopback.
 *
 * @param logs the directory for their output
 * @param firstMember the membership port of the first process, which the others join
 * @param arguments further arguments for the worker-agents
 */
record Launch(Path logs, int firstMember, List<String> arguments) {

    /** Small heaps: nine of these share one machine. */
    private static final List<String> JVM = List.of(
            "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED");

    /** From this release on, Java writes a warning for each library that still uses {@code Unsafe}. */
    private static final int UNSAFE_WARNS = 24;

    /** Starts a process; {@code port} is the gateway's own port, or the admin port of the others. */
    Member start(Role role, int number, int port) {
        boolean first = role == Role.DISPATCHER && number == 1;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        if (Runtime.version().feature() >= UNSAFE_WARNS) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), role.main().getName()));
        command.addAll(List.of(
                "--cluster.enabled",
                "true",
                "--cluster.hazelcast-port",
                String.valueOf(first ? firstMember : freePort())));
        if (!first) {
            command.addAll(List.of("--cluster.members", "127.0.0.1:" + firstMember));
            command.addAll(
                    List.of("--cluster.lite-member", String.valueOf(role == Role.WORKER || role == Role.GATEWAY)));
        }
        command.addAll(
                role == Role.GATEWAY
                        ? List.of("--gateway.port", String.valueOf(port))
                        : List.of("--admin.port", String.valueOf(port)));
        if (role == Role.WORKER) {
            command.addAll(arguments);
        }
        File log = logs.resolve(role.label() + "-" + number + ".log").toFile();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .redirectInput(ProcessBuilder.Redirect.from(new File(nullDevice())))
                    .start();
            return new Member(role, process, port);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a " + role.label(), e);
        }
    }

    private static String nullDevice() {
        return System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null";
    }

    /** A port nobody listens on now. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
