// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of a host that is no member of the cluster: all its workers share one {@link EdgeLink} to a gateway, which stands
 * for them on the bus.
 */
final class EdgeWay implements WayIn {

    private record Receiver(Context context, Consumer<WorkerBound> handler) {}

    private final Vertx vertx;

    private final HostIdentity host;

    private final EdgeLink link;

    private final Map<WorkerId, Receiver> receivers = new ConcurrentHashMap<>();

    private @Nullable Consumer<Announcement> news;

    EdgeWay(Vertx vertx, HostIdentity host, EdgeLink link) {
        this.vertx = vertx;
        this.host = host;
        this.link = link;
    }

    @Override
    public HostIdentity host() {
        return host;
    }

    @Override
    public boolean isIn() {
        return link.isIn();
    }

    /** Joins. Completes when the host is in, or when no gateway could be reached for now, which is tried on. */
    @Override
    public Future<Void> hear(Consumer<Announcement> handler) {
        news = handler;
        return link.start(this::receive);
    }

    private void receive(EdgeMessage.FromGateway message) {
        switch (message) {
            case EdgeMessage.Welcome welcome ->
                announce(new Announcement.Rollcall(welcome.gateway().value()));
            case EdgeMessage.News(var announcement) -> announce(announcement);
            case EdgeMessage.Told(var worker, var told) -> {
                Receiver receiver = receivers.get(worker);
                if (receiver != null) {
                    receiver.context.runOnContext(go -> receiver.handler.accept(told));
                }
            }
            case EdgeMessage.Challenge challenge -> {}
            case EdgeMessage.Waiting waiting -> {}
        }
    }

    private void announce(Announcement announcement) {
        Consumer<Announcement> handler = news;
        if (handler != null) {
            handler.accept(announcement);
        }
    }

    @Override
    public Place enter(WorkerId id) {
        Context context = Objects.requireNonNull(vertx.getOrCreateContext());
        return new Place() {

            @Override
            public WorkerPort port() {
                return new Port(link);
            }

            @Override
            public Future<Void> open(Consumer<WorkerBound> receiver) {
                receivers.put(id, new Receiver(context, receiver));
                return Future.succeededFuture();
            }

            @Override
            public Future<Void> leave() {
                receivers.remove(id);
                return Future.succeededFuture();
            }
        };
    }

    private record Port(EdgeLink link) implements WorkerPort {

        @Override
        public void toGateway(GatewayId gateway, GatewayBound message) {
            link.send(new EdgeMessage.ToGateway(gateway, message));
        }

        @Override
        public void toDispatcher(DispatcherId dispatcher, DispatcherBound message) {
            link.send(new EdgeMessage.ToDispatcher(dispatcher, message));
        }

        @Override
        public void toMonitor(MonitorId monitor, MonitorBound message) {
            link.send(new EdgeMessage.ToMonitor(monitor, message));
        }

        @Override
        public void announce(Announcement announcement) {
            link.send(new EdgeMessage.Said(announcement));
        }
    }
}
