// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import io.mtor.common.cluster.Starter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * How the processes of a cluster are started, with this JVM's own Java.
 *
 * @param site where
 * @param logs the directory for their output
 * @param peer members to join, as host:port, with commas between; null for the first process, which founds the cluster
 * @param configs the configuration file of each role that has one
 */
public record Launch(Site site, Path logs, @Nullable String peer, Map<Role, Path> configs) {

    private static final int FIRST_PORT = 10_000;

    /** Of Linux; others begin higher. */
    private static final int FIRST_OUTGOING_PORT = 32_768;

    private static final int PORT_TRIES = 1_000;

    /** Small heaps: nine of these share one machine. */
    private static final List<String> JVM = List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-D" + Starter.PROPERTY + "=true");

    /** From this release on, Java writes a warning for each library that still uses {@code Unsafe}. */
    private static final int UNSAFE_WARNS = 24;

    /** The same, for those that come after the first. */
    public Launch joining(String members) {
        return new Launch(site, logs, members, configs);
    }

    /** The same somewhere else. */
    public Launch at(Site other) {
        return new Launch(other, logs, peer, configs);
    }

    /** Starts a process; {@code port} is the gateway's own port, or the admin port of the others. */
    Member start(Role role, int number, int port) {
        return start(role, number, port, freePort());
    }

    /** The same, with the port that the other members find it at. */
    public Member start(Role role, int number, int port, int memberPort) {
        String name = role.label() + "-" + number;
        String address = site.host() + ":" + memberPort;
        Path log = logs.resolve(name + ".log");
        List<String> command = new ArrayList<>(site.prefix());
        command.addAll(java(role == Role.GATEWAY && number == 1));
        command.add(role.main().getName());
        command.addAll(flags(role, name, port, address));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Member(role, process, port, address, log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a " + role.label(), e);
        }
    }

    private List<String> java(boolean writesArchive) {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(JVM);
        if (Runtime.version().feature() >= UNSAFE_WARNS) {
            java.add("--sun-misc-unsafe-memory-access=allow");
        }
        ClassArchive archive = ClassArchive.of(site.classPath());
        if (archive != null) {
            java.addAll(archive.flags(writesArchive));
        }
        java.addAll(List.of("-cp", site.classPath()));
        return java;
    }

    private List<String> flags(Role role, String name, int port, String address) {
        List<String> flags = new ArrayList<>(List.of("--cluster.enabled", "true"));
        flags.addAll(List.of(
                "--cluster.hazelcast-port", address.substring(site.host().length() + 1)));
        if (!site.isLoopback()) {
            flags.addAll(List.of("--cluster.bind-host", site.host(), "--cluster.bus-port", String.valueOf(freePort())));
            flags.addAll(List.of(role == Role.GATEWAY ? "--gateway.host" : "--admin.host", site.host()));
        }
        if (peer != null) {
            boolean lite = role == Role.WORKER || role == Role.GATEWAY;
            flags.addAll(List.of("--cluster.members", peer, "--cluster.require-peers", "true"));
            flags.addAll(List.of("--cluster.lite-member", String.valueOf(lite)));
        }
        flags.addAll(List.of(role == Role.GATEWAY ? "--gateway.port" : "--admin.port", String.valueOf(port)));
        if (role == Role.WORKER) {
            flags.addAll(List.of("--agent.worker.name", name));
        }
        Path config = configs.get(role);
        if (config != null) {
            flags.addAll(List.of("--config", config.toString()));
        }
        return flags;
    }

    /**
     * A port of this machine that nobody listens on now, below those that systems give to outgoing connections. Had a member
     * that is gone one of these, whoever tries to reach it would once in thousands of times be given the same one as its own
     * end, and so be connected to itself (RFC 9293, simultaneous open); and Hazelcast takes that address for its own ever after.
     */
    public static int freePort() {
        return ThreadLocalRandom.current()
                .ints(PORT_TRIES, FIRST_PORT, FIRST_OUTGOING_PORT)
                .filter(Launch::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no free port from " + FIRST_PORT + " to " + (FIRST_OUTGOING_PORT - 1)));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at port " + port, e);
        }
    }
}
