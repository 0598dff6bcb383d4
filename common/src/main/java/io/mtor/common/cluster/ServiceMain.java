// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.mtor.common.config.CommandLine;
import io.mtor.common.config.CommandLine.Next;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every main does in the same way: read the configuration, start Vert.x, deploy; on SIGTERM or Ctrl-C undeploy
 * within a limit, leave the cluster and exit with code 0. A start that fails prints one sentence and exits with code 1.
 */
public final class ServiceMain {

    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceMain.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration LEAVE_LIMIT = Duration.ofSeconds(10);

    private ServiceMain() {}

    /** Runs a service until the process is told to stop; called by {@code main}, with its arguments. */
    public static <C extends Record> void run(Service<C> service, String... args) {
        Starter.follow();
        CommandLine commandLine = CommandLine.ofProcess(service.name(), service.aliases());
        switch (commandLine.read(service.type(), List.of(args))) {
            case Next.Exit<C> exit -> System.exit(exit.code());
            case Next.Start<C> start -> start(service, start.config());
        }
    }

    private static <C extends Record> void start(Service<C> service, C config) {
        try {
            Node node = ClusterStart.start(service.cluster(config));
            deploy(service, config, node);
            Thread stop = new Thread(() -> stop(service, config, node), "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            LOGGER.atInfo().addKeyValue("service", service.name()).log("started");
        } catch (StartException e) {
            System.err.println(service.name() + " cannot start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static <C extends Record> void deploy(Service<C> service, C config, Node node) {
        try {
            await(service.start(config, node), START_LIMIT);
        } catch (ExecutionException e) {
            throw explained(Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw new StartException("it did not start within " + START_LIMIT.toSeconds() + " s.", e);
        } catch (InterruptedException e) {
            throw new StartException("it was interrupted.", e);
        }
    }

    /** Runs as a shutdown hook; halting at its end makes a stop that was asked for a success, code 0. */
    private static <C extends Record> void stop(Service<C> service, C config, Node node) {
        Duration limit = service.drainLimit(config);
        LOGGER.atInfo().addKeyValue("limit", limit).log("draining");
        try {
            await(service.stop(node).eventually(node::leave), limit.plus(LEAVE_LIMIT));
            LOGGER.atInfo().log("left");
        } catch (TimeoutException e) {
            LOGGER.atWarn().addKeyValue("limit", limit).log("drain limit reached, what is open is given up");
        } catch (ExecutionException | InterruptedException e) {
            LOGGER.atError().setCause(e).log("left without a goodbye");
        }
        Runtime.getRuntime().halt(0);
    }

    private static void await(Future<?> future, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static StartException explained(Throwable cause) {
        if (cause instanceof StartException explained) {
            return explained;
        }
        LOGGER.atError().setCause(cause).log("start failed");
        return new StartException(cause + ".", cause);
    }
}
