// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import io.mtor.bench.bare.BareShape;
import io.mtor.bench.load.ClosedLoop;
import io.mtor.bench.load.Target;
import io.mtor.bench.load.Target.Protocol;
import io.mtor.bench.process.Child;
import io.mtor.bench.process.MtorProcess;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * One intent of about 200 bytes from a WebSocket to a worker that does nothing and back, beside the bare shape: through
 * one JVM, and through separate ones. The load comes from this process, so all share the machine's processors.
 */
final class RoundTrip {

    private static final int MANY = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(6);

    /** A worker with more slots than the load has clients, so that nothing waits. */
    private static final String WORKER = """
            [[agent.simulated]]
            query_type = "bench"
            work = "0ms"
            slots = 256
            chunks = 1
            """;

    private RoundTrip() {}

    static void inOneJvm(Report report, Effort effort) throws Exception {
        int barePort = MtorProcess.freePort();
        int port = MtorProcess.freePort();
        try (Child bare = Child.start(BareShape.class.getName(), List.of("all", String.valueOf(barePort)));
                Child mtor = MtorProcess.realm(port, WORKER)) {
            bare.awaitLine("ready");
            compare("one JVM", new Shape(barePort, List.of(bare)), new Shape(port, List.of(mtor)), report, effort);
        }
    }

    static void acrossJvms(Report report, Effort effort) throws Exception {
        List<Child> children = new ArrayList<>();
        try {
            Shape bare = bareAcross(children);
            Shape mtor = mtorAcross(children);
            compare("separate JVMs", bare, mtor, report, effort);
        } finally {
            children.forEach(Child::close);
        }
    }

    private static Shape bareAcross(List<Child> children) throws Exception {
        int port = MtorProcess.freePort();
        int first = MtorProcess.freePort();
        List<Child> mine = new ArrayList<>();
        for (String part : List.of("dispatcher", "worker", "gateway")) {
            List<String> arguments = new ArrayList<>(List.of(part, String.valueOf(port)));
            arguments.addAll(MtorProcess.member(mine.isEmpty() ? first : MtorProcess.freePort(), first));
            Child child = Child.start(BareShape.class.getName(), arguments);
            children.add(child);
            mine.add(child);
            child.awaitLine("ready");
        }
        return new Shape(port, mine);
    }

    private static Shape mtorAcross(List<Child> children) throws Exception {
        int port = MtorProcess.freePort();
        int first = MtorProcess.freePort();
        List<Child> mine = new ArrayList<>();
        for (String main : List.of(
                "io.mtor.dispatcher.DispatcherMain",
                "io.mtor.health.HealthMonitorMain",
                "io.mtor.worker.WorkerAgentMain",
                "io.mtor.gateway.GatewayMain")) {
            boolean gateway = main.endsWith("GatewayMain");
            int ready = gateway ? port : MtorProcess.freePort();
            List<String> arguments =
                    new ArrayList<>(MtorProcess.member(mine.isEmpty() ? first : MtorProcess.freePort(), first));
            arguments.addAll(List.of(gateway ? "--port" : "--admin.port", String.valueOf(ready)));
            if (main.endsWith("WorkerAgentMain")) {
                arguments.addAll(MtorProcess.onlySimulated(WORKER));
                arguments.addAll(List.of("--control.on", "false", "--owner.on-battery", "true"));
            }
            Child child = Child.start(main, arguments);
            children.add(child);
            mine.add(child);
            MtorProcess.awaitReady(ready);
        }
        return new Shape(port, mine);
    }

    /** One of the two that are compared. */
    private record Shape(int port, List<Child> processes) {

        double cpuSeconds() {
            return processes.stream().mapToDouble(Child::cpuSeconds).sum();
        }
    }

    private static void compare(String where, Shape bare, Shape mtor, Report report, Effort effort)
            throws InterruptedException, ExecutionException {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            var bareTarget = new Target("bare, " + where, bare.port, "/", Protocol.BARE);
            var mtorTarget = new Target("MTOR, " + where, mtor.port, "/ws", Protocol.MTOR);
            for (Target target : Arrays.asList(bareTarget, mtorTarget)) {
                new ClosedLoop(vertx, target, MANY).run(WARM_UP);
            }
            for (int round = 0; round < effort.rounds(); round++) {
                for (int clients : new int[] {1, MANY}) {
                    // Who goes first alternates, so that neither always meets the warmer machine.
                    boolean bareFirst = round % 2 == 0;
                    measure(
                            bareFirst ? bareTarget : mtorTarget,
                            bareFirst ? bare : mtor,
                            clients,
                            report,
                            vertx,
                            effort);
                    measure(
                            bareFirst ? mtorTarget : bareTarget,
                            bareFirst ? mtor : bare,
                            clients,
                            report,
                            vertx,
                            effort);
                }
            }
        } finally {
            vertx.close();
        }
    }

    private static void measure(Target target, Shape shape, int clients, Report report, Vertx vertx, Effort effort)
            throws InterruptedException, ExecutionException {
        double before = shape.cpuSeconds();
        ClosedLoop.Seen seen = new ClosedLoop(vertx, target, clients).run(effort.length());
        double cpu = shape.cpuSeconds() - before;
        if (seen.failures() > 0) {
            throw new IllegalStateException(target.name() + ": " + seen.failures() + " intents failed");
        }
        String at = target.name() + "/" + clients + " in flight: ";
        report.add(at + "median", "µs", seen.p50Micros());
        report.add(at + "99th percentile", "µs", seen.p99Micros());
        report.add(at + "rate", "intents/s", seen.rate());
        report.add(at + "processor time", "µs/intent", cpu * 1e6 / seen.answers());
    }
}
