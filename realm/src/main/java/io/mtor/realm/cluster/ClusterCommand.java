// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import io.mtor.common.cluster.StartException;
import io.mtor.common.cluster.Starter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the parts of a realm as processes of their own, on loopback, and stays until it is told to stop. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Start the same realm as separate processes in a Hazelcast cluster on this machine.")
public final class ClusterCommand implements Callable<Integer> {

    private static final int FEW = 2;
    private static final int SOME = 3;

    @Option(
            names = "--port",
            defaultValue = "${MTOR_PORT:-8080}",
            description = "Port of the first gateway; the others follow. 0 takes free ones.")
    private int port = 8080;

    @Option(names = "--gateways", description = "How many gateways; 2 by default, 0 with --join.")
    private @Nullable Integer gateways;

    @Option(names = "--dispatchers", description = "How many dispatchers; 2 by default, 0 with --join.")
    private @Nullable Integer dispatchers;

    @Option(names = "--monitors", description = "How many health monitors; 2 by default, 0 with --join.")
    private @Nullable Integer monitors;

    @Option(names = "--workers", description = "How many worker-agents; 3 by default, 0 with --join.")
    private @Nullable Integer workers;

    @Option(names = "--join", description = "Add processes to a cluster that runs, through this member (host:port).")
    private @Nullable String join;

    @Option(
            names = "--config",
            description = "A realm's configuration file, as for mtor up; each process gets its part.")
    private @Nullable Path config;

    @Option(names = "--logs", description = "Directory for the output of the processes; a temporary one by default.")
    private @Nullable Path logs;

    @Option(names = "--json", description = "Print one JSON object per line: each process, then {\"ready\":true}.")
    private boolean json;

    private volatile int exitCode;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Starter.follow();
        if (config != null && !RealmFile.isGood(config)) {
            return 1;
        }
        try {
            Map<Role, Integer> counts = counts();
            requireFreePorts(counts.getOrDefault(Role.GATEWAY, 0));
            run(counts);
        } catch (StartException e) {
            exitCode = 1;
            System.err.println("mtor cluster cannot start: " + e.getMessage());
        }
        return exitCode;
    }

    private void run(Map<Role, Integer> counts) throws IOException, InterruptedException {
        Path directory = logs == null ? Files.createTempDirectory("mtor-cluster-") : Files.createDirectories(logs);
        Map<Role, Path> configs = config == null ? Map.of() : RealmFile.part(config, directory);
        var cluster = new Cluster(
                json ? new Console.Json() : new Console.Table(),
                new Launch(Site.here(), directory.toAbsolutePath(), join, configs));
        // The code is 0 for a stop that was asked for; what failed before has set another.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            cluster.stop();
                            Runtime.getRuntime().halt(exitCode);
                        },
                        "stop"));
        cluster.start(counts, i -> port == 0 ? Launch.freePort() : port + i);
        cluster.ready();
        if (!cluster.watch()) {
            exitCode = 1;
            System.err.println("mtor cluster: all its processes have ended.");
        }
    }

    private Map<Role, Integer> counts() {
        boolean founds = join == null;
        Map<Role, Integer> counts = Map.of(
                Role.GATEWAY, Objects.requireNonNullElse(gateways, founds ? FEW : 0),
                Role.DISPATCHER, Objects.requireNonNullElse(dispatchers, founds ? FEW : 0),
                Role.MONITOR, Objects.requireNonNullElse(monitors, founds ? FEW : 0),
                Role.WORKER, Objects.requireNonNullElse(workers, founds ? SOME : 0));
        if (counts.values().stream().allMatch(count -> count <= 0)) {
            throw new StartException("nothing to start; say how many, for example --workers 1.");
        }
        return counts;
    }

    private void requireFreePorts(int count) throws IOException {
        for (int i = 0; port != 0 && i < count; i++) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + i));
            } catch (IOException e) {
                throw new StartException("port " + (port + i) + " is in use; choose another with --port.", e);
            }
        }
    }
}
