// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher;

import io.mtor.common.admin.AdminConfig;
import io.mtor.common.admin.AdminVerticle;
import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.Node;
import io.mtor.common.cluster.Service;
import io.mtor.common.cluster.ServiceMain;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.Key;
import io.vertx.core.Future;
import java.time.Duration;

/** A dispatcher as a process of its own. */
public final class DispatcherMain implements Service<DispatcherMain.Config> {

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    /** Its whole configuration. */
    public record Config(
            @Key(doc = "The dispatcher") DispatcherConfig dispatcher,
            @Key(doc = "The admin port") AdminConfig admin,
            @Key(doc = "Whom it joins") ClusterConfig cluster) {}

    public static void main(String[] args) {
        ServiceMain.run(new DispatcherMain(), args);
    }

    @Override
    public String name() {
        return "mtor-dispatcher";
    }

    @Override
    public Class<Config> type() {
        return Config.class;
    }

    @Override
    public Aliases aliases() {
        return Aliases.none();
    }

    @Override
    public ClusterConfig cluster(Config config) {
        return config.cluster();
    }

    @Override
    public Duration drainLimit(Config config) {
        return DRAIN_LIMIT;
    }

    @Override
    public Future<?> start(Config config, Node node) {
        var dispatcher = new DispatcherVerticle(config.dispatcher(), node.membership(), DispatchObserver.NONE);
        return node.vertx().deployVerticle(dispatcher).compose(id -> node.vertx()
                .deployVerticle(new AdminVerticle(config.admin(), () -> true, () -> "")));
    }
}
