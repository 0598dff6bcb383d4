// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.admin.AdminConfig;
import io.mtor.common.admin.AdminVerticle;
import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.Node;
import io.mtor.common.cluster.Service;
import io.mtor.common.cluster.ServiceMain;
import io.mtor.common.cluster.StartException;
import io.mtor.common.cluster.Starter;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.KeptFile;
import io.mtor.common.config.Key;
import io.mtor.common.edge.HostKey;
import io.mtor.worker.command.AgentCommand;
import io.mtor.worker.control.ControlConfig;
import io.mtor.worker.control.ControlVerticle;
import io.mtor.worker.owner.OwnerLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** A worker-agent as a process of its own. */
public final class WorkerAgentMain implements Service<WorkerAgentMain.Config> {

    /** Behind the drain there is still a goodbye to say. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /** Its whole configuration. */
    public record Config(
            @Key(doc = "The worker-agent") WorkerAgentConfig agent,

            @Key(doc = "The realm it joins through a gateway")
            JoinConfig join,

            @Key(doc = "What the owner of this host allows") OwnerLimits owner,

            @Key(doc = "Where the owner speaks to the agent")
            ControlConfig control,

            @Key(doc = "The admin port") AdminConfig admin,
            @Key(doc = "Whom it joins") ClusterConfig cluster) {}

    public static void main(String[] args) {
        AgentCommand.named(args)
                .ifPresentOrElse(
                        command -> System.exit(command.run(List.of(args).subList(1, args.length))),
                        () -> ServiceMain.run(new WorkerAgentMain(), args));
    }

    @Override
    public String name() {
        return "mtor-worker-agent";
    }

    @Override
    public Class<Config> type() {
        return Config.class;
    }

    @Override
    public Aliases aliases() {
        return Aliases.none()
                .flag("--name", "agent.worker.name")
                .flag("--join", "join.url")
                .flag("--token", "join.token")
                .variable("MTOR_JOIN", "join.url");
    }

    @Override
    public ClusterConfig cluster(Config config) {
        return config.cluster().asLiteMember();
    }

    @Override
    public Duration drainLimit(Config config) {
        return config.agent().worker().drain().plus(GOODBYE);
    }

    /** @throws StartException if it is not said where to join, or said twice */
    @Override
    public Future<?> start(Config config, Node node) {
        WorkerAgentVerticle agent = agent(config, node);
        Vertx vertx = node.vertx();
        // Of mtor cluster, as of mtor up, whoever sits at the machine is the user.
        Future<?> started = Boolean.getBoolean(Starter.PROPERTY)
                ? vertx.deployVerticle(agent)
                : startForOwner(config, vertx, agent);
        return started.compose(done -> vertx.deployVerticle(new AdminVerticle(config.admin(), agent::isIn, () -> "")));
    }

    private static Future<?> startForOwner(Config config, Vertx vertx, WorkerAgentVerticle agent) {
        OwnerWatch watch = OwnerWatch.ofThisHost(config.owner());
        var control = new ControlVerticle(config.control(), new RunningAgent(agent, watch, where(config)));
        return vertx.deployVerticle(agent.ownedBy(watch))
                .compose(id -> vertx.deployVerticle(control))
                .onSuccess(id -> Greeting.say(config, vertx, agent, watch, control.reach()));
    }

    static String where(Config config) {
        return config.join().url() == null
                ? "the cluster of " + config.cluster().members()
                : config.join().url().toString();
    }

    private static WorkerAgentVerticle agent(Config config, Node node) {
        var random = new SecureRandom();
        boolean behindGateway = config.join().url() != null;
        if (behindGateway == config.cluster().enabled()) {
            throw new StartException(
                    behindGateway
                            ? "join.url and cluster.enabled exclude each other: it joins through a gateway, or the cluster."
                            : "it is not said where to join: --join URL --token TOKEN for a realm's gateway,"
                                    + " or --cluster.enabled true and --cluster.members HOST:PORT for its cluster.");
        }
        return behindGateway
                ? WorkerAgentVerticle.behindGateway(config.agent(), config.join(), keyOf(config.join()), random)
                : new WorkerAgentVerticle(config.agent(), node.membership(), random);
    }

    private static HostKey keyOf(JoinConfig join) {
        Path file = join.key() == null ? KeptFile.usual("host.key") : join.key();
        try {
            HostKey key = HostKey.parse(
                    KeptFile.readOrMake(file, () -> HostKey.generate().text()));
            if (!KeptFile.claim(file)) {
                throw new StartException("another worker-agent on this machine uses " + file
                        + "; give this one a key of its own with --join.key FILE.");
            }
            return key;
        } catch (IOException e) {
            throw new StartException(e.getMessage() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new StartException(file + " holds no key of a host; delete it, and another one is made.", e);
        }
    }
}
