// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.testing;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.cluster.Node;
import io.mtor.dispatcher.DispatchObserver;
import io.mtor.dispatcher.DispatcherVerticle;
import io.mtor.gateway.GatewayVerticle;
import io.mtor.health.HealthMonitorVerticle;
import io.mtor.realm.RealmConfig;
import io.mtor.worker.WorkerAgentVerticle;
import io.vertx.core.Deployable;
import java.net.URI;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A realm whose gateway goes and comes back on the same port, without time to end anything, while the others go on. */
public final class RestartableGateway implements AutoCloseable {

    private final Node node = Node.alone();
    private final RealmConfig config;
    private final int port;
    private @Nullable String deployment;

    private RestartableGateway(RealmConfig config) {
        this.config = config;
        this.port = config.gateway().port();
        deploy(new DispatcherVerticle(config.dispatcher(), node.membership(), DispatchObserver.NONE));
        deploy(new HealthMonitorVerticle(config.health(), node.membership(), RandomGenerator.getDefault()));
        deploy(new WorkerAgentVerticle(config.agent(), node.membership(), new SecureRandom()));
        startGateway();
    }

    /** With just the workers of the TOML text. */
    public static RestartableGateway start(String toml) {
        return new RestartableGateway(
                TestRealm.config(toml, "--gateway.port", String.valueOf(Ports.free()), "--gateway.drain", "0s"));
    }

    private String deploy(Deployable verticle) {
        return Await.result(node.vertx().deployVerticle(verticle));
    }

    public URI uri() {
        return URI.create("http://localhost:" + port);
    }

    public void startGateway() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gateway = new GatewayVerticle(config.gateway(), node.membership(), registry);
        deployment = deploy(gateway);
        Await.until("a gateway that is ready", gateway::isReady);
    }

    public void stopGateway() {
        if (deployment != null) {
            Await.result(node.vertx().undeploy(deployment));
            deployment = null;
        }
    }

    @Override
    public void close() {
        Await.result(node.leave());
    }
}
