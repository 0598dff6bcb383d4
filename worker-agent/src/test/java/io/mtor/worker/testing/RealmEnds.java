// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.GatewayId;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A gateway, a dispatcher and the announcements of a realm: writes down what each is told. */
public final class RealmEnds {

    private static final long ANNOUNCE_MILLIS = 500;

    private final Bus bus;

    private final List<GatewayBound> atGateway = new CopyOnWriteArrayList<>();

    private final List<DispatcherBound> atDispatcher = new CopyOnWriteArrayList<>();

    private final List<Announcement> announced = new CopyOnWriteArrayList<>();

    public RealmEnds(Vertx vertx) {
        bus = Bus.of(vertx);
        bus.listen(Addresses.gateway(Intents.GATEWAY), atGateway::add);
        bus.listen(Addresses.dispatcher(Intents.DISPATCHER), atDispatcher::add);
        bus.listen(Addresses.ANNOUNCE, announced::add);
        vertx.setPeriodic(0, ANNOUNCE_MILLIS, id -> announce(Intents.GATEWAY));
    }

    private void announce(GatewayId gateway) {
        bus.publish(Addresses.ANNOUNCE, new Announcement.GatewayAnnouncement(gateway, "n1", 1));
    }

    public Bus bus() {
        return bus;
    }

    public List<GatewayBound> atGateway() {
        return atGateway;
    }

    public List<DispatcherBound> atDispatcher() {
        return atDispatcher;
    }

    public List<Announcement> announced() {
        return announced;
    }

    /** Waits until a gateway message of this kind has come, and returns the first. */
    public <M extends GatewayBound> M awaitGateway(Class<M> kind) {
        return awaitGateway(kind, message -> true);
    }

    public <M extends GatewayBound> M awaitGateway(Class<M> kind, Predicate<M> which) {
        return Await.first(atGateway, kind, which);
    }

    public <M extends DispatcherBound> M awaitDispatcher(Class<M> kind, Predicate<M> which) {
        return Await.first(atDispatcher, kind, which);
    }

    public <M extends Announcement> M awaitAnnounced(Class<M> kind, Predicate<M> which) {
        return Await.first(announced, kind, which);
    }

    /** The pieces of text that came, as one. */
    public String text() {
        var text = new StringBuilder();
        for (GatewayBound message : atGateway) {
            if (message instanceof GatewayBound.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }
}
