// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.match.DispatcherStats;
import io.mtor.dispatcher.match.Matchmaker;
import io.mtor.dispatcher.match.Outbox;

/** The product's {@link Matchmaker} in a simulated process. */
public final class DispatcherService implements Service, Outbox {

    private final Realm realm;
    private final Node node;
    private final DispatcherId id;
    private final Matchmaker matchmaker;
    private boolean silent;

    DispatcherService(Realm realm, Node node) {
        this.realm = realm;
        this.node = node;
        this.id = new DispatcherId(node.name());
        this.matchmaker = new Matchmaker(realm.settings.match(), this, node.nanos());
    }

    DispatcherId id() {
        return id;
    }

    @Override
    public Node node() {
        return node;
    }

    public DispatcherStats stats() {
        return matchmaker.stats();
    }

    @Override
    public void start() {
        node.every(100, () -> {
            if (!silent) {
                matchmaker.tick(node.nanos());
            }
        });
        node.every(1_000, this::announce);
        announce();
        realm.publish(node, new Announcement.Rollcall(id.value()));
    }

    private void announce() {
        if (!silent) {
            realm.publish(node, new Announcement.DispatcherAnnouncement(id, node.name(), 0));
        }
    }

    void receive(DispatcherBound message) {
        if (!silent) {
            matchmaker.receive(message, node.nanos());
        }
    }

    @Override
    public void hear(Announcement announcement) {
        if (silent) {
            return;
        }
        if (announcement instanceof Announcement.Rollcall) {
            announce();
        } else {
            matchmaker.receive(announcement, node.nanos());
        }
    }

    @Override
    public void nodeLeft(String left) {
        if (!silent) {
            matchmaker.nodeLeft(left, node.nanos());
        }
    }

    @Override
    public void leave() {
        silent = true;
        realm.publish(node, new Announcement.DispatcherLeft(id));
        node.after(100, node::die);
    }

    @Override
    public void assign(WorkerId to, Place place, long ttlMillis, long queueMillis) {
        realm.toWorker(node, to, Assign.of(place, id, ttlMillis, 1, queueMillis));
    }

    @Override
    public void cancel(WorkerId at, Cancel message) {
        realm.toWorker(node, at, message);
    }

    @Override
    public void tell(GatewayId gateway, GatewayBound message) {
        realm.toGateway(node, gateway, message);
    }
}
