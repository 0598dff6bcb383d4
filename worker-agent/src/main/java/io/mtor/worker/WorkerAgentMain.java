// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.admin.AdminConfig;
import io.mtor.common.admin.AdminVerticle;
import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.Node;
import io.mtor.common.cluster.Service;
import io.mtor.common.cluster.ServiceMain;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.Key;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;

/** A worker-agent as a process of its own. */
public final class WorkerAgentMain implements Service<WorkerAgentMain.Config> {

    /** Behind the drain there is still a goodbye to say. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /** Its whole configuration. */
    public record Config(
            @Key(doc = "The worker-agent") WorkerAgentConfig agent,
            @Key(doc = "The admin port") AdminConfig admin,
            @Key(doc = "Whom it joins") ClusterConfig cluster) {}

    public static void main(String[] args) {
        ServiceMain.run(new WorkerAgentMain(), args);
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
        return Aliases.none().flag("--name", "agent.worker.name");
    }

    @Override
    public ClusterConfig cluster(Config config) {
        return config.cluster().asLiteMember();
    }

    @Override
    public Duration drainLimit(Config config) {
        return config.agent().worker().drain().plus(GOODBYE);
    }

    @Override
    public Future<?> start(Config config, Node node) {
        var agent = new WorkerAgentVerticle(config.agent(), node.membership(), new SecureRandom());
        return node.vertx().deployVerticle(agent).compose(id -> node.vertx()
                .deployVerticle(new AdminVerticle(config.admin(), () -> true, () -> "")));
    }
}
