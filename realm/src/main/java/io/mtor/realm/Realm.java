// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.cluster.Node;
import io.mtor.dispatcher.DispatchObserver;
import io.mtor.dispatcher.DispatcherVerticle;
import io.mtor.gateway.GatewayVerticle;
import io.mtor.gateway.tls.SecurePort;
import io.mtor.health.HealthMonitorVerticle;
import io.mtor.worker.WorkerAgentVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A whole realm in one process: the same verticles that a cluster runs apart, on one Vert.x without a cluster.
 *
 * <p>It stops in the order in which work flows: the gateway takes nothing new and lets open intents end, then the
 * worker-agent leaves, then the others.
 */
public final class Realm {

    private final Vertx vertx;
    private final Deque<String> deployments = new ArrayDeque<>();
    private final GatewayVerticle gateway;

    private Realm(Vertx vertx, GatewayVerticle gateway) {
        this.vertx = vertx;
        this.gateway = gateway;
    }

    /** Starts a realm; completes when an intent can be placed. */
    public static Future<Realm> start(Node node, RealmConfig config) {
        Vertx vertx = node.vertx();
        var membership = node.membership();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var gateway = new GatewayVerticle(config.gateway(), membership, registry);
        var realm = new Realm(vertx, gateway);
        return realm.deploy(new DispatcherVerticle(config.dispatcher(), membership, DispatchObserver.NONE))
                .compose(v -> realm.deploy(
                        new HealthMonitorVerticle(config.health(), membership, RandomGenerator.getDefault())))
                .compose(v -> realm.deploy(new WorkerAgentVerticle(config.agent(), membership, new SecureRandom())))
                .compose(v -> realm.deploy(gateway))
                .compose(v -> realm.whenReady())
                .map(realm)
                .recover(e -> realm.stop().transform(ignored -> Future.failedFuture(e)));
    }

    private Future<Void> deploy(Deployable verticle) {
        return vertx.deployVerticle(verticle).onSuccess(deployments::push).mapEmpty();
    }

    private Future<Void> whenReady() {
        return gateway.isReady() ? Future.succeededFuture() : vertx.timer(5).compose(v -> whenReady());
    }

    /** Where its gateway listens. */
    public URI uri() {
        return URI.create("http://localhost:" + gateway.port().result());
    }

    /** Its port for HTTPS; null if it has none. */
    public @Nullable SecurePort secure() {
        return gateway.secure();
    }

    /** Drains and stops, in order. */
    public Future<Void> stop() {
        Future<Void> stopped = Future.succeededFuture();
        for (String deployment : List.copyOf(deployments)) {
            stopped = stopped.transform(v -> vertx.undeploy(deployment));
        }
        deployments.clear();
        return stopped;
    }
}
