// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import io.mtor.common.protocol.ProtocolJson;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the parts of a realm as processes of their own, on loopback, and stays until it is told to stop. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Start the same realm as separate processes in a Hazelcast cluster on this machine.")
public final class ClusterCommand implements Callable<Integer> {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 100;
    private static final int LAST_LINES = 8;

    @Option(
            names = "--port",
            defaultValue = "${MTOR_PORT:-8080}",
            description = "Port of the first gateway; the others follow.")
    private int port = 8080;

    @Option(names = "--gateways", defaultValue = "2", description = "How many gateways; ${DEFAULT-VALUE} by default.")
    private int gateways = 2;

    @Option(
            names = "--dispatchers",
            defaultValue = "2",
            description = "How many dispatchers; ${DEFAULT-VALUE} by default.")
    private int dispatchers = 2;

    @Option(
            names = "--monitors",
            defaultValue = "2",
            description = "How many health monitors; ${DEFAULT-VALUE} by default.")
    private int monitors = 2;

    @Option(
            names = "--workers",
            defaultValue = "3",
            description = "How many worker-agents; ${DEFAULT-VALUE} by default.")
    private int workers = 3;

    @Option(names = "--worker-config", description = "A configuration file for the worker-agents.")
    private @Nullable Path workerConfig;

    @Option(names = "--logs", description = "Directory for the output of the processes; a temporary one by default.")
    private @Nullable Path logs;

    @Option(names = "--json", description = "Print one JSON object for each process, and {\"ready\":true} at the end.")
    private boolean json;

    private final List<Member> members = new ArrayList<>();
    private volatile boolean stopping;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path directory = logs == null ? Files.createTempDirectory("mtor-cluster-") : Files.createDirectories(logs);
        List<String> arguments = workerConfig == null
                ? List.of()
                : List.of("--config", workerConfig.toAbsolutePath().toString());
        var launch = new Launch(directory, Launch.freePort(), arguments);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        // One kind after the other: all at once they would only wait for one another's processor time.
        boolean ready = start(launch, Role.DISPATCHER, dispatchers)
                && start(launch, Role.MONITOR, monitors)
                && start(launch, Role.WORKER, workers)
                && start(launch, Role.GATEWAY, gateways);
        if (!ready) {
            return failed(directory);
        }
        show(directory);
        return watch();
    }

    /** Starts all of a kind and waits until they are ready; the first dispatcher alone, because the others join it. */
    private boolean start(Launch launch, Role role, int count) throws InterruptedException {
        List<Member> started = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            int at = role == Role.GATEWAY ? port + number - 1 : Launch.freePort();
            started.add(add(launch.start(role, number, at)));
            if (members.size() == 1 && !awaitReady(started.get(0))) {
                return false;
            }
        }
        for (Member member : started) {
            if (!awaitReady(member)) {
                return false;
            }
        }
        return true;
    }

    private synchronized Member add(Member member) {
        members.add(member);
        return member;
    }

    private static boolean awaitReady(Member member) throws InterruptedException {
        long end = System.nanoTime() + READY_LIMIT.toNanos();
        while (!member.isReady()) {
            if (!member.process().isAlive() || System.nanoTime() - end > 0) {
                return false;
            }
            member.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        return true;
    }

    private int failed(Path directory) throws IOException {
        String role = members.get(members.size() - 1).role().label();
        System.err.println("mtor cluster: a " + role + " did not become ready; its log in " + directory + " ends:");
        try (var files = Files.list(directory)) {
            for (Path log : files.filter(file -> file.getFileName().toString().startsWith(role))
                    .sorted()
                    .toList()) {
                List<String> lines = Files.readAllLines(log);
                lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
                        .forEach(line -> System.err.println("  " + line));
            }
        }
        return 1;
    }

    private void show(Path directory) {
        PrintStream out = System.out;
        if (json) {
            members.forEach(member -> out.println(ProtocolJson.MAPPER
                    .createObjectNode()
                    .put("role", member.role().label())
                    .put("pid", member.process().pid())
                    .put("port", member.port())));
            out.println("{\"ready\":true}");
        } else {
            out.printf("%-11s %8s %6s%n", "ROLE", "PID", "PORT");
            members.forEach(member -> out.printf(
                    "%-11s %8d %6d%n", member.role().label(), member.process().pid(), member.port()));
            out.println("Logs: " + directory);
            out.println("MTOR is ready: http://localhost:" + port + "   (Ctrl-C drains and stops all)");
        }
        out.flush();
    }

    /** Says when a process ends that was not told to, and goes on: the realm lives without it. */
    private int watch() throws InterruptedException {
        List<Member> alive = new ArrayList<>(members);
        while (!alive.isEmpty()) {
            for (Member member : List.copyOf(alive)) {
                if (member.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    alive.remove(member);
                    if (!stopping) {
                        System.err.println(
                                member.role().label() + " " + member.process().pid() + " ended with code "
                                        + member.process().exitValue());
                    }
                }
            }
        }
        return stopping ? 0 : 1;
    }

    /** Tells all to stop, in the order in which work flows, and waits for them. */
    private void stop() {
        stopping = true;
        List<Member> all;
        synchronized (this) {
            all = members.stream().sorted(Comparator.comparing(Member::role)).toList();
        }
        for (Role role : Role.values()) {
            List<Member> same =
                    all.stream().filter(member -> member.role() == role).toList();
            same.forEach(member -> member.process().destroy());
            same.forEach(ClusterCommand::awaitEnd);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void awaitEnd(Member member) {
        try {
            if (!member.process().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                member.process().destroyForcibly();
            }
        } catch (InterruptedException e) {
            member.process().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
