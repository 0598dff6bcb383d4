// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.Operating;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.admission.Admission;
import io.mtor.gateway.admission.Admission.Decision;
import io.mtor.gateway.audit.Audits;
import io.mtor.gateway.audit.Reputations;
import io.mtor.gateway.core.GatewayCore;
import io.mtor.gateway.core.Outbox;
import io.mtor.gateway.hosts.Hosts;
import io.mtor.gateway.realm.RealmView;
import io.mtor.gateway.session.Capabilities;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.session.Receiver;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects the users' connections, the open intents and the bus. Lives on one event loop.
 *
 * <p>Everything it holds is a live connection or soft state; {@link GatewayCore} decides what becomes of an intent.
 */
final class Gateway {

    private static final Logger LOGGER = LoggerFactory.getLogger(Gateway.class);

    /** WebSocket close codes, RFC 6455 section 7.4 and the registry of IANA. */
    private static final short RESTARTS = 1012;

    private static final short COME_AGAIN = 1013;

    private final Bus bus;
    private final GatewayIdentity identity;
    private final GatewayConfig config;
    private final Limits limits;
    private final ProtocolJson json;
    private final Admission admission;
    private final GatewayCore core;
    private final Set<ClientSocket> sockets = new LinkedHashSet<>();
    private final OperatorDesk operators;
    private final Hosts hosts;
    private final Audits audits;
    private final long started;
    private long connections;
    private long intents;
    private boolean draining;
    private boolean cutOff;

    Gateway(
            Bus bus,
            GatewayIdentity identity,
            GatewayConfig config,
            GatewayMetrics metrics,
            Capabilities capabilities,
            Hosts hosts,
            Reputations reputations) {
        this.bus = bus;
        this.identity = identity;
        this.config = config;
        this.limits = config.limits().toLimits();
        this.json = new ProtocolJson(limits);
        this.admission = new Admission(limits, config.deadline().toMillis());
        var realm = new RealmView();
        this.audits = new Audits(config.audit(), realm, reputations, new AuditWay(metrics), new SecureRandom());
        this.core =
                new GatewayCore(identity.id(), config.session(), realm, metrics, audits, new Post(bus), capabilities);
        this.operators = new OperatorDesk(bus, identity, config.admin(), core.realm(), sockets, hosts);
        this.hosts = hosts;
        this.started = now();
        metrics.watch(sockets, core.intents());
    }

    /** Milliseconds that never go back. */
    long now() {
        return identity.clock().getAsLong();
    }

    Limits limits() {
        return limits;
    }

    ProtocolJson json() {
        return json;
    }

    RealmView realm() {
        return core.realm();
    }

    OperatorDesk operators() {
        return operators;
    }

    /** True if an intent that comes now can be placed. */
    boolean isReady() {
        return unready() == null;
    }

    /** Why nothing should come here now; null if it may. */
    @Nullable
    String unready() {
        if (draining) {
            return "draining";
        }
        if (core.isCutOff()) {
            return "cut off from the realm";
        }
        return core.realm().hasDispatcher() ? null : "no dispatcher is there";
    }

    /** True if clients had better look for another gateway than come to this one. */
    boolean sendsElsewhere() {
        return draining || core.isCutOff();
    }

    int sessions() {
        return sockets.size();
    }

    // ---- connections

    /** The number of a connection that has just come. */
    long nextConnection() {
        return ++connections;
    }

    void connected(ClientSocket socket) {
        sockets.add(socket);
        socket.start();
    }

    void closed(ClientSocket socket) {
        sockets.remove(socket);
        core.intents().receiverLost(socket, List.copyOf(socket.open().values()), now());
    }

    void heard(ClientSocket socket) {
        core.intents().receiverHeard(List.copyOf(socket.open().values()), now());
    }

    void drained(ClientSocket socket) {
        core.intents().receiverReady(List.copyOf(socket.open().values()), now());
    }

    /** Admits the work of a connection, or says there why not. */
    void open(
            ClientSocket socket,
            ClientMessage.Work work,
            List<Media> media,
            UserId user,
            ClientMessage.@Nullable Seen seen) {
        int others = core.intents().othersOf(new IntentKey(user, work.guid()));
        switch (admission.admit(
                work, media, user, Math.max(others, socket.open().size()))) {
            case Decision.Refused(var code, var why) -> socket.refuse(work.guid(), code, why);
            case Decision.Admitted(var intent, var ttl, var confidence) -> {
                IntentKey before = socket.open().get(work.guid());
                if (core.intents().isInUse(intent) || (before != null && !before.equals(intent.key()))) {
                    socket.refuse(work.guid(), ErrorCode.BAD_REQUEST, "guid is in use for another intent");
                } else {
                    boolean streamed = Boolean.TRUE.equals(work.stream());
                    intents++;
                    socket.open().put(work.guid(), intent.key());
                    if (streamed) {
                        socket.send(new ServerMessage.Ack(work.guid(), intent.queryType(), confidence));
                    }
                    core.intents().open(intent, new OpenIntents.Wish(streamed, ttl, seen), socket, now());
                }
            }
        }
    }

    /** Admits what came by HTTP; the decision's refusal is the caller's to tell. */
    Decision open(Receiver receiver, ClientMessage.Work work, List<Media> media, UserId user) {
        Decision decision = sendsElsewhere()
                ? new Decision.Refused(ErrorCode.UNAVAILABLE, "this gateway is " + unready())
                : admission.admit(work, media, user, core.intents().othersOf(new IntentKey(user, work.guid())));
        if (decision instanceof Decision.Admitted admitted) {
            boolean streamed = Boolean.TRUE.equals(work.stream());
            intents++;
            core.intents()
                    .open(
                            admitted.intent(),
                            new OpenIntents.Wish(streamed, admitted.ttlMillis(), null),
                            receiver,
                            now());
        }
        return decision;
    }

    boolean cancel(IntentKey key) {
        return core.intents().cancel(key, now());
    }

    /** What was sent for this intent has left. */
    void drained(IntentKey key) {
        core.intents().receiverReady(List.of(key), now());
    }

    // ---- the bus

    void receive(GatewayBound message) {
        core.receive(message, now());
    }

    void hear(Announcement announcement) {
        core.hear(announcement, now());
    }

    void hear(Operating message) {
        var vitals = Operating.Vitals.of(now() - started);
        operators.hear(
                message,
                new Operating.GatewayPulse(
                        identity.id(), vitals, sockets.size(), core.intents().size(), intents, hosts.connected()));
    }

    void nodeLeft(String node) {
        LOGGER.atInfo().addKeyValue("node", node).log("node left");
        core.nodeLeft(node, now());
    }

    // ---- time

    void tick() {
        long now = now();
        core.tick(now);
        operators.tick();
        if (!sendsElsewhere()) {
            audits.tick(now);
        }
        long stalled = config.sockets().stalled().toMillis();
        new ArrayList<>(sockets).forEach(socket -> socket.tick(now, stalled));
        if (draining) {
            sendAway(sockets.stream().filter(ClientSocket::isIdle).toList(), RESTARTS, "the gateway restarts");
        }
        if (core.isCutOff() != cutOff) {
            cutOff = core.isCutOff();
            LOGGER.atWarn().log(cutOff ? "cut off from the realm: sends its clients elsewhere" : "in the realm again");
        }
        if (cutOff) {
            sendAway(List.copyOf(sockets), COME_AGAIN, "this gateway is cut off");
        }
    }

    /** Shows the realm to those who watch it, if it changed. */
    void showRealm() {
        if (core.realm().takeChange()) {
            ServerMessage.Realm snapshot = core.realm().snapshot();
            sockets.forEach(socket -> socket.showRealm(snapshot));
        }
    }

    void pingSockets() {
        sockets.forEach(ClientSocket::ping);
    }

    void announce() {
        bus.publish(
                Addresses.ANNOUNCE,
                new Announcement.GatewayAnnouncement(identity.id(), identity.node(), sockets.size()));
    }

    // ---- leaving

    /**
     * Takes no new connection from now on, and says so on those that are there. Each is closed as soon as nothing is open
     * on it, so that its client goes on elsewhere; what is sent until then is served, so that nobody is refused.
     */
    void drain() {
        draining = true;
        sockets.forEach(socket -> socket.send(new ServerMessage.Notice("This gateway is shutting down.")));
    }

    boolean isIdle() {
        return core.intents().size() == 0;
    }

    /** Ends the connections; their clients go on at another gateway, with the guids that are open. */
    void leave() {
        bus.publish(Addresses.ANNOUNCE, new Announcement.GatewayLeft(identity.id()));
        sendAway(List.copyOf(sockets), RESTARTS, "the gateway restarts");
    }

    private static void sendAway(List<ClientSocket> sockets, short code, String why) {
        sockets.forEach(socket -> socket.close(code, why));
    }

    /** Audits are intents like those of users, and all gateways hear what they find. */
    private final class AuditWay implements Audits.Way {

        private final GatewayMetrics metrics;

        AuditWay(GatewayMetrics metrics) {
            this.metrics = metrics;
        }

        @Override
        public void open(Intent intent, long ttlMillis, Receiver receiver) {
            core.intents().open(intent, new OpenIntents.Wish(false, ttlMillis, null), receiver, now());
        }

        @Override
        public void found(String mark, boolean agreed) {
            bus.publish(Addresses.OPERATING, new Operating.Audited(identity.id(), mark, agreed));
        }

        @Override
        public void audited(String kind, String outcome) {
            metrics.audited(kind, outcome);
        }
    }

    /** The way into the realm, by the bus. */
    private record Post(Bus bus) implements Outbox {

        @Override
        public void toDispatcher(DispatcherId dispatcher, DispatcherBound message) {
            bus.send(Addresses.dispatcher(dispatcher), message);
        }

        @Override
        public void toWorker(WorkerId worker, WorkerBound message) {
            bus.send(Addresses.worker(worker), message);
        }
    }
}
