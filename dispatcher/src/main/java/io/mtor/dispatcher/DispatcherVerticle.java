// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.DispatcherLeft;
import io.mtor.common.bus.Announcement.Rollcall;
import io.mtor.common.bus.Bus;
import io.mtor.common.cluster.Membership;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.dispatcher.match.DispatcherStats;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a {@link Dispatcher} on the bus.
 *
 * <p>To stop is to say so and to be silent: the gateways hold every intent that no worker has accepted, and dispatch
 * them again to the next dispatcher when this one has left. Nothing has to be handed over.
 */
public final class DispatcherVerticle extends VerticleBase {

    private static final Logger LOGGER = LoggerFactory.getLogger(DispatcherVerticle.class);
    private static final long TICK_MILLIS = 100;
    private static final long ANNOUNCE_MILLIS = 1_000;

    private final DispatcherConfig config;
    private final Membership membership;
    private final DispatchObserver observer;
    private final DispatcherId id = new DispatcherId("dispatcher-" + UUID.randomUUID());

    private volatile @Nullable Dispatcher dispatcher;

    /** @param observer is told of each intent that is assigned */
    public DispatcherVerticle(DispatcherConfig config, Membership membership, DispatchObserver observer) {
        this.config = config;
        this.membership = membership;
        this.observer = observer;
    }

    /** Under which it is known in the realm. */
    public DispatcherId id() {
        return id;
    }

    /** What it does and holds, at most a second old; from any thread. */
    public DispatcherStats stats() {
        Dispatcher running = dispatcher;
        return running == null ? DispatcherStats.NONE : running.stats();
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        var outbox = new BusOutbox(bus, id, observer);
        var started = new Dispatcher(bus, new Dispatcher.Identity(id, membership.nodeId()), config.rules(), outbox);
        dispatcher = started;
        membership.onNodeLeft(context, started::nodeLeft);
        vertx.setPeriodic(TICK_MILLIS, ignored -> started.tick());
        vertx.setPeriodic(ANNOUNCE_MILLIS, ignored -> started.announce());
        return Future.all(List.of(
                        bus.listen(Addresses.ANNOUNCE, started::hear).ready(),
                        bus.listen(Addresses.VERDICT, started::hear).ready(),
                        bus.listen(Addresses.ROLLCALL, ignored -> started.announce())
                                .ready(),
                        bus.listen(Addresses.OPERATING, started::receive).ready(),
                        bus.listen(Addresses.dispatcher(id), started::receive).ready()))
                .onSuccess(ignored -> {
                    LOGGER.atInfo().addKeyValue("dispatcher", id).log("dispatcher joins");
                    started.announce();
                    bus.publish(Addresses.ROLLCALL, new Rollcall(id.value()));
                });
    }

    @Override
    public Future<?> stop() {
        Dispatcher running = dispatcher;
        if (running != null) {
            running.fallSilent();
            Bus.of(vertx).publish(Addresses.ANNOUNCE, new DispatcherLeft(id));
        }
        return Future.succeededFuture();
    }
}
