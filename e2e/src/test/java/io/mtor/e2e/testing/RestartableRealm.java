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
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A realm whose gateway goes and comes back on the same port, without time to end anything, and so does its dispatcher,
 * while the others go on.
 */
public final class RestartableRealm implements AutoCloseable {

    private final Node node = Node.alone();
    private final RealmConfig config;
    private final int port;
    private @Nullable String gateway;
    private @Nullable String dispatcher;

    private RestartableRealm(RealmConfig config) {
        this.config = config;
        this.port = config.gateway().port();
        startDispatcher();
        deploy(new HealthMonitorVerticle(config.health(), node.membership(), RandomGenerator.getDefault()));
        deploy(new WorkerAgentVerticle(config.agent(), node.membership(), new SecureRandom()));
        startGateway();
    }

    /** With just the workers of the TOML text. */
    public static RestartableRealm start(String toml) {
        return new RestartableRealm(
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
        var starting = new GatewayVerticle(config.gateway(), node.membership(), registry);
        gateway = deploy(starting);
        Await.until("a gateway that is ready", starting::isReady);
    }

    public void stopGateway() {
        Await.result(node.vertx().undeploy(Objects.requireNonNull(gateway)));
    }

    public void startDispatcher() {
        dispatcher = deploy(new DispatcherVerticle(config.dispatcher(), node.membership(), DispatchObserver.NONE));
    }

    public void stopDispatcher() {
        Await.result(node.vertx().undeploy(Objects.requireNonNull(dispatcher)));
    }

    @Override
    public void close() {
        Await.result(node.leave());
    }
}
