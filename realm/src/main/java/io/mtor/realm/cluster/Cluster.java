// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import io.mtor.common.cluster.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntUnaryOperator;

/** The processes that were started here, from the first to the last. */
final class Cluster {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);

    /** Beyond what a gateway and a worker-agent may take to let what is open end. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final int LINES_OF_A_LOG = 8;

    private final Console console;
    private final List<Member> members = new ArrayList<>();
    private Launch launch;
    private boolean stopping;

    Cluster(Console console, Launch launch) {
        this.console = console;
        this.launch = launch;
    }

    /**
     * Starts all that are asked for, one kind after the other: all at once they would only wait for one another's
     * processor time, and gateways that come last are ready for users when they are ready.
     *
     * @param gatewayPort the port of each gateway by its number, from 0
     * @throws StartException if one does not become ready
     */
    void start(Map<Role, Integer> counts, IntUnaryOperator gatewayPort) throws InterruptedException {
        for (Role role : List.of(Role.DISPATCHER, Role.MONITOR, Role.WORKER, Role.GATEWAY)) {
            List<Member> started = new ArrayList<>();
            for (int i = 0; i < counts.getOrDefault(role, 0); i++) {
                Member member = add(role, i + 1, role == Role.GATEWAY ? gatewayPort.applyAsInt(i) : Launch.freePort());
                if (launch.peer() == null) {
                    awaitReady(member);
                    launch = launch.joining(member.address());
                } else {
                    started.add(member);
                }
            }
            for (Member member : started) {
                awaitReady(member);
            }
        }
    }

    private synchronized Member add(Role role, int number, int port) {
        if (stopping) {
            throw new StartException("told to stop.");
        }
        Member member = launch.start(role, number, port);
        members.add(member);
        return member;
    }

    private void awaitReady(Member member) throws InterruptedException {
        if (!member.awaitReady(READY_LIMIT)) {
            throw new StartException("a " + member.role().label() + " did not become ready; its log " + member.log()
                    + " ends:" + end(member));
        }
        console.ready(member);
    }

    /** Says that all is there. */
    void ready() {
        String peer = Objects.requireNonNull(launch.peer());
        console.allReady(
                members.stream()
                        .filter(member -> member.role() == Role.GATEWAY)
                        .map(member -> "http://localhost:" + member.port())
                        .findFirst()
                        .orElse(null),
                peer);
    }

    private static String end(Member member) {
        try {
            List<String> lines = Files.readAllLines(member.log(), StandardCharsets.UTF_8);
            return "\n  "
                    + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_OF_A_LOG), lines.size()));
        } catch (IOException e) {
            return " (unreadable: " + e.getMessage() + ")";
        }
    }

    /** Says when one ends that was not told to, and goes on: the realm lives without it. Returns when none is left:
     * true if that was wanted. */
    boolean watch() {
        CompletableFuture.allOf(members.stream()
                        .map(member -> member.process().onExit().thenRun(() -> ended(member)))
                        .toArray(CompletableFuture[]::new))
                .join();
        return isStopping();
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized void ended(Member member) {
        if (!stopping) {
            console.ended(member);
        }
    }

    /** Tells all to stop, in the order in which work flows, and waits for them. */
    void stop() {
        List<Member> all;
        synchronized (this) {
            stopping = true;
            all = List.copyOf(members);
        }
        for (Role role : Role.values()) {
            List<Member> same =
                    all.stream().filter(member -> member.role() == role).toList();
            same.forEach(member -> member.process().destroy());
            same.forEach(member -> member.awaitEnd(STOP_LIMIT));
        }
        ClassArchive archive = ClassArchive.of(launch.site().classPath());
        if (archive != null) {
            archive.keep();
        }
    }
}
