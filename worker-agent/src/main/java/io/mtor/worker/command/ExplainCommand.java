// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import io.mtor.worker.Explain;
import io.mtor.worker.Greeting;
import io.mtor.worker.WorkerAgentMain.Config;
import io.mtor.worker.gpu.Machine;
import io.mtor.worker.gpu.Senses;
import io.mtor.worker.owner.Availability;
import io.mtor.worker.owner.Owner;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Says what is on this host, what proved it, what of it would be offered, and whether the owner's limits allow work now;
 * joins nothing. Where an agent runs, it says why that one gets work or none.
 */
final class ExplainCommand implements AgentCommand {

    /** nvidia-smi needs a moment to begin. */
    private static final long SENSE_NANOS = Duration.ofSeconds(3).toNanos();

    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    @Override
    public int run(List<String> args) {
        return Configured.run("explain", args, ExplainCommand::explain);
    }

    private static int explain(Config config) {
        var explain = new Explain(Vertx.vertx(), config.agent(), System.getenv());
        var lines = explain.lines().toCompletionStage().toCompletableFuture().join();
        System.out.print(Explain.table(lines));
        Senses senses = sense(config);
        senses.gpus().forEach(gpu -> System.out.println(Greeting.gpu(gpu)));
        Clock clock = Clock.system(ZoneId.systemDefault());
        Availability now = new Owner(config.owner(), clock.getZone()).look(senses, 0, 0, clock.instant());
        Greeting.reasons(now.reasons()).forEach(System.out::println);
        if (now.isOpen()) {
            System.out.println("allowed  nothing in its limits keeps this host from work now");
        }
        Conversation.with(config.control())
                .ifPresent(agent -> agent.get("/status").ifPresent(status -> System.out.print(StatusText.why(status))));
        return 0;
    }

    private static Senses sense(Config config) {
        Clock clock = Clock.system(ZoneId.systemDefault());
        try (Machine machine = Machine.thisHost(
                System.getenv().getOrDefault("PATH", ""),
                config.owner().modelServers(),
                config.owner().idle() != null)) {
            Senses senses = machine.sense(clock.instant());
            long limit = System.nanoTime() + SENSE_NANOS;
            // More than AMD's files means that nvidia-smi is there and will speak.
            while (machine.gpus().size() > 1 && senses.gpus().isEmpty() && System.nanoTime() < limit) {
                LockSupport.parkNanos(LOOK_NANOS);
                senses = machine.sense(clock.instant());
            }
            return senses;
        }
    }
}
