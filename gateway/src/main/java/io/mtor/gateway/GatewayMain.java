// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.Node;
import io.mtor.common.cluster.Service;
import io.mtor.common.cluster.ServiceMain;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.Key;
import io.vertx.core.Future;
import java.time.Duration;

/** A gateway as a process of its own. */
public final class GatewayMain implements Service<GatewayMain.Config> {

    /** Its whole configuration. */
    public record Config(
            @Key(doc = "The gateway") GatewayConfig gateway,
            @Key(doc = "Whom it joins") ClusterConfig cluster) {}

    public static void main(String[] args) {
        ServiceMain.run(new GatewayMain(), args);
    }

    @Override
    public String name() {
        return "mtor-gateway";
    }

    @Override
    public Class<Config> type() {
        return Config.class;
    }

    @Override
    public Aliases aliases() {
        return Aliases.none()
                .flag("--port", "gateway.port")
                .flag("--host", "gateway.host")
                .variable("MTOR_PORT", "gateway.port");
    }

    @Override
    public ClusterConfig cluster(Config config) {
        return config.cluster();
    }

    @Override
    public Duration drainLimit(Config config) {
        return config.gateway().drain().plusSeconds(2);
    }

    @Override
    public Future<?> start(Config config, Node node) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return node.vertx().deployVerticle(new GatewayVerticle(config.gateway(), node.membership(), registry));
    }
}
