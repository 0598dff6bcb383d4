// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.core.GatewayCore;
import io.mtor.gateway.core.Outbox;
import io.mtor.gateway.realm.RealmView;
import io.mtor.gateway.session.AnswerListener;
import io.mtor.gateway.session.Capabilities;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.session.SessionObserver;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The product's {@link GatewayCore} in a simulated process, with simulated connections. */
final class GatewayService implements Service, Outbox {

    private static final long DRAIN_MILLIS = 10_000;

    private final Realm realm;
    private final Node node;
    private final GatewayId id;
    private final GatewayCore core;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private long connectionCount;
    private boolean draining;

    GatewayService(Realm realm, Node node) {
        this.realm = realm;
        this.node = node;
        this.id = new GatewayId(node.name());
        this.core = new GatewayCore(
                id,
                realm.settings.session(),
                new RealmView(),
                new Silent(),
                AnswerListener.NONE,
                this,
                new Capabilities(secret(), true));
    }

    private byte[] secret() {
        byte[] secret = new byte[32];
        Chance.of(realm.seed, "secret of " + id).nextBytes(secret);
        return secret;
    }

    GatewayId id() {
        return id;
    }

    @Override
    public Node node() {
        return node;
    }

    GatewayCore core() {
        return core;
    }

    boolean sendsElsewhere() {
        return draining || core.isCutOff();
    }

    @Override
    public void start() {
        node.every(100, this::tick);
        node.every(1_000, this::announce);
        announce();
        realm.publish(node, new Announcement.Rollcall(id.value()));
    }

    private void tick() {
        core.tick(node.millis());
        if (core.isCutOff()) {
            List.copyOf(connections).forEach(Connection::closeByGateway);
        }
    }

    private void announce() {
        realm.publish(node, new Announcement.GatewayAnnouncement(id, node.name(), connections.size()));
    }

    void receive(GatewayBound message) {
        core.receive(message, node.millis());
    }

    @Override
    public void hear(Announcement announcement) {
        if (announcement instanceof Announcement.Rollcall) {
            announce();
        }
        core.hear(announcement, node.millis());
    }

    @Override
    public void nodeLeft(String left) {
        core.nodeLeft(left, node.millis());
    }

    // ---- connections

    long nextConnection() {
        return ++connectionCount;
    }

    void connected(Connection connection) {
        connections.add(connection);
    }

    void closed(Connection connection) {
        if (connections.remove(connection)) {
            core.intents()
                    .receiverLost(connection, List.copyOf(connection.open().values()), node.millis());
        }
    }

    void open(Connection from, Intent intent, OpenIntents.Wish wish) {
        from.open().put(intent.key().guid(), intent.key());
        core.intents().open(intent, wish, from, node.millis());
    }

    void cancel(Connection from, Intent intent) {
        if (from.open().containsKey(intent.key().guid())) {
            core.intents().cancel(intent.key(), node.millis());
        }
    }

    void heard(Connection connection) {
        core.intents().receiverHeard(List.copyOf(connection.open().values()), node.millis());
    }

    void ready(Connection connection) {
        core.intents().receiverReady(List.copyOf(connection.open().values()), node.millis());
    }

    @Override
    public void leave() {
        draining = true;
        leaveWhenIdle(node.millis() + DRAIN_MILLIS);
    }

    private void leaveWhenIdle(long deadline) {
        List.copyOf(connections).stream().filter(each -> each.open().isEmpty()).forEach(Connection::closeByGateway);
        if (core.intents().size() > 0 && node.millis() < deadline) {
            node.after(50, () -> leaveWhenIdle(deadline));
            return;
        }
        realm.publish(node, new Announcement.GatewayLeft(id));
        List.copyOf(connections).forEach(Connection::closeByGateway);
        node.after(100, node::die);
    }

    // ---- the way into the realm

    @Override
    public void toDispatcher(DispatcherId dispatcher, DispatcherBound message) {
        realm.toDispatcher(node, dispatcher, message);
    }

    @Override
    public void toWorker(WorkerId worker, WorkerBound message) {
        realm.toWorker(node, worker, message);
    }

    private static final class Silent implements SessionObserver {

        @Override
        public void accepted(QueryType type, long dispatchMicros, long queueMillis) {}

        @Override
        public void firstPiece(QueryType type, long afterMillis) {}

        @Override
        public void ended(QueryType type, @Nullable ErrorCode code, long afterMillis) {}

        @Override
        public void dispatchedAgain(String reason) {}

        @Override
        public void dropped() {}
    }
}
