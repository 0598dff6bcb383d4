// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.Operating;
import io.mtor.common.cluster.Membership;
import io.mtor.common.cluster.StartException;
import io.mtor.common.protocol.GatewayId;
import io.mtor.gateway.audit.Reputations;
import io.mtor.gateway.hosts.Hosts;
import io.mtor.gateway.session.Capabilities;
import io.mtor.gateway.tls.SecurePort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Gateway} on the bus and on its port. */
public final class GatewayVerticle extends VerticleBase {

    private static final long TICK_MILLIS = 100;
    private static final long SHOW_MILLIS = 250;
    private static final long ANNOUNCE_MILLIS = 1_000;
    private static final long PULSE_MILLIS = 1_000;
    private static final long HOSTS_MILLIS = 2_000;
    private static final int SECRET_BYTES = 32;

    private final GatewayConfig config;
    private final Membership membership;
    private final PrometheusMeterRegistry registry;
    private final Promise<Integer> port = Promise.promise();

    /** @param registry what is counted here is read at {@code /metrics} */
    public GatewayVerticle(GatewayConfig config, Membership membership, PrometheusMeterRegistry registry) {
        this.config = config;
        this.membership = membership;
        this.registry = registry;
    }

    /** The port it listens on, once it does. */
    public Future<Integer> port() {
        return port.future();
    }

    /** The port for HTTPS, once it listens; null if it has none. */
    public @Nullable SecurePort secure() {
        Started what = started;
        return what == null ? null : what.secure;
    }

    /** True if it listens and knows a dispatcher; to be asked on any thread. */
    public boolean isReady() {
        Started what = started;
        return what != null && port.future().isComplete() && what.gateway.isReady();
    }

    private record Started(
            Gateway gateway,
            Hosts hosts,
            HttpServer server,
            @Nullable SecurePort secure) {}

    private volatile @Nullable Started started;

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        var id = new GatewayId("gateway-" + UUID.randomUUID());
        var identity = new GatewayIdentity(id, membership.nodeId(), () -> System.nanoTime() / 1_000_000);
        var capabilities = new Capabilities(secret(), config.session().requireCapability());
        var reputations = new Reputations();
        var hosts = new Hosts(
                vertx,
                bus,
                id,
                config.hosts(),
                config.audit(),
                reputations,
                identity.clock(),
                this::sendsElsewhere,
                registry);
        var gateway =
                new Gateway(bus, identity, config, new GatewayMetrics(registry), capabilities, hosts, reputations);

        membership.onNodeLeft(context, node -> {
            gateway.nodeLeft(node);
            hosts.nodeLeft(node);
        });
        vertx.setPeriodic(TICK_MILLIS, ignored -> gateway.tick());
        vertx.setPeriodic(TICK_MILLIS, ignored -> hosts.tick());
        vertx.setPeriodic(HOSTS_MILLIS, ignored -> hosts.read());
        vertx.setPeriodic(SHOW_MILLIS, ignored -> gateway.showRealm());
        vertx.setPeriodic(ANNOUNCE_MILLIS, ignored -> gateway.announce());
        vertx.setPeriodic(PULSE_MILLIS, ignored -> gateway.operators().pulse());
        vertx.setPeriodic(config.sockets().ping().toMillis(), ignored -> gateway.pingSockets());

        var http = new GatewayHttp(vertx, gateway, hosts, config, registry);
        HttpServer server = http.server();
        SecurePort secure = http.secure();
        started = new Started(gateway, hosts, server, secure);
        Consumer<Operating> hearing = message -> {
            gateway.hear(message);
            hosts.hear(message);
        };
        return Future.all(List.of(
                        bus.listen(Addresses.gateway(id), gateway::receive).ready(),
                        bus.listen(Addresses.ANNOUNCE, announcement -> {
                                    gateway.hear(announcement);
                                    hosts.hear(announcement);
                                })
                                .ready(),
                        bus.listen(Addresses.VERDICT, gateway::hear).ready(),
                        bus.listen(Addresses.OPERATING, hearing).ready(),
                        bus.listen(Addresses.operating(id), hearing).ready(),
                        bus.listen(Addresses.ROLLCALL, rollcall -> gateway.announce())
                                .ready()))
                .compose(ignored -> hosts.read())
                .compose(ignored -> secure == null ? Future.succeededFuture() : secure.listen())
                .compose(ignored -> StartException.naming(config.host(), config.port(), server.listen()))
                .onSuccess(listening -> {
                    gateway.announce();
                    bus.publish(Addresses.ROLLCALL, new Announcement.Rollcall(id.value()));
                    port.complete(listening.actualPort());
                })
                .onFailure(port::tryFail);
    }

    private boolean sendsElsewhere() {
        Started what = started;
        return what == null || what.gateway.sendsElsewhere();
    }

    /** Nobody else ever knows it, and it is gone with this gateway. */
    private static byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** Takes nothing new, lets open intents end within the limit, then sends the connections elsewhere. */
    @Override
    public Future<?> stop() {
        Started what = started;
        if (what == null) {
            return Future.succeededFuture();
        }
        what.gateway.drain();
        return idleWithin(what.gateway, System.nanoTime() + config.drain().toNanos())
                .onComplete(ignored -> what.gateway.leave())
                .onComplete(ignored -> what.hosts.leave())
                .compose(ignored -> what.server.close())
                .compose(ignored -> what.secure == null ? Future.succeededFuture() : what.secure.close());
    }

    private Future<Void> idleWithin(Gateway gateway, long deadlineNanos) {
        if (gateway.isIdle() || System.nanoTime() - deadlineNanos >= 0) {
            return Future.succeededFuture();
        }
        return vertx.timer(TICK_MILLIS / 2)
                .compose(ignored -> idleWithin(gateway, deadlineNanos))
                .mapEmpty();
    }
}
