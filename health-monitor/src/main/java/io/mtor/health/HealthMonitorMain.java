// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health;

import io.mtor.common.admin.AdminVerticle;
import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.Node;
import io.mtor.common.cluster.Service;
import io.mtor.common.cluster.ServiceMain;
import io.mtor.common.config.Aliases;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A health monitor as a process of its own. */
public final class HealthMonitorMain implements Service<HealthMonitorConfig> {

    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    public static void main(String[] args) {
        ServiceMain.run(new HealthMonitorMain(), args);
    }

    @Override
    public String name() {
        return "mtor-health-monitor";
    }

    @Override
    public Class<HealthMonitorConfig> type() {
        return HealthMonitorConfig.class;
    }

    @Override
    public Aliases aliases() {
        return Aliases.none().flag("--cluster", "cluster.enabled");
    }

    @Override
    public ClusterConfig cluster(HealthMonitorConfig config) {
        return config.cluster();
    }

    @Override
    public Duration drainLimit(HealthMonitorConfig config) {
        return DRAIN_LIMIT;
    }

    @Override
    public Future<?> start(HealthMonitorConfig config, Node node) {
        var monitor = new HealthMonitorVerticle(config.detector(), node.membership(), RandomGenerator.getDefault());
        return node.vertx().deployVerticle(monitor).compose(id -> node.vertx()
                .deployVerticle(new AdminVerticle(config.admin(), monitor::isReady, () -> "")));
    }
}
