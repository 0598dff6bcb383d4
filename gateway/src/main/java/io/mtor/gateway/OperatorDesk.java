// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.Operating;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ClientMessage.Action;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.hosts.HostEntry.Verb;
import io.mtor.gateway.hosts.Hosts;
import io.mtor.gateway.operate.Pulses;
import io.mtor.gateway.operate.SignIn;
import io.mtor.gateway.operate.Wishes;
import io.mtor.gateway.operate.Wishes.Effect;
import io.mtor.gateway.operate.Wishes.Wish;
import io.mtor.gateway.realm.RealmView;
import java.util.Collection;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what operators want, and shows them how the realm is doing; only for connections that have signed in. */
final class OperatorDesk {

    private static final Logger LOGGER = LoggerFactory.getLogger(OperatorDesk.class);

    private final Bus bus;
    private final GatewayIdentity identity;
    private final OperatorConfig config;
    private final RealmView realm;
    private final Collection<ClientSocket> sockets;
    private final Hosts hosts;
    private final Wishes wishes = new Wishes();
    private final Pulses pulses = new Pulses();

    OperatorDesk(
            Bus bus,
            GatewayIdentity identity,
            OperatorConfig config,
            RealmView realm,
            Collection<ClientSocket> sockets,
            Hosts hosts) {
        this.bus = bus;
        this.identity = identity;
        this.config = config;
        this.realm = realm;
        this.sockets = sockets;
        this.hosts = hosts;
    }

    /** For a new connection. */
    SignIn signIn() {
        return new SignIn(config.token());
    }

    void act(ClientSocket operator, ClientMessage.Admin wanted) {
        LOGGER.atInfo()
                .addKeyValue("user", operator.user())
                .addKeyValue("remote", operator.remote())
                .addKeyValue("worker", wanted.workerId())
                .addKeyValue("host", wanted.host())
                .addKeyValue("notice", wanted.message())
                .log("an operator: {}", wanted.action());
        switch (wanted.action()) {
            case NOTICE -> {
                String text = Objects.requireNonNull(wanted.message());
                bus.publish(Addresses.OPERATING, new Operating.Notice(identity.id(), text));
            }
            case DRAIN, RESUME -> {
                WorkerId worker = wanted.workerId();
                if (worker == null) {
                    rule(operator, Verb.DRAINED, wanted);
                } else if (realm.sight(worker) == null) {
                    operator.refuse(null, ErrorCode.BAD_REQUEST, "worker_id: nobody here is called " + worker);
                } else {
                    var wish = new Wish(worker, wanted.action() == Action.DRAIN, operator.number());
                    carryOut(wishes.want(wish, now()));
                }
            }
            case APPROVE -> rule(operator, Verb.APPROVED, wanted);
            case REVOKE -> rule(operator, Verb.REVOKED, wanted);
        }
    }

    private void rule(ClientSocket operator, Verb verb, ClientMessage.Admin wanted) {
        String why = wanted.message() == null ? "" : wanted.message();
        try {
            hosts.rule(verb, Objects.requireNonNull(wanted.host()), why);
        } catch (IllegalArgumentException e) {
            operator.refuse(null, ErrorCode.BAD_REQUEST, "message: " + e.getMessage());
        }
    }

    private void carryOut(Effect effect) {
        switch (effect) {
            case Effect.Send(var wish) ->
                bus.send(Addresses.worker(wish.worker()), new WorkerBound.Drain(identity.id(), wish.on()));
            case Effect.Failed(var wish, var why) ->
                sockets.stream()
                        .filter(socket -> socket.number() == wish.connection())
                        .forEach(socket -> socket.refuse(null, ErrorCode.UNAVAILABLE, wish.worker() + ": " + why));
        }
    }

    void tick() {
        wishes.tick(realm::sight, now()).forEach(this::carryOut);
    }

    /** Shows what was answered since the last time, and asks again; to be called every second. */
    void pulse() {
        if (sockets.stream().anyMatch(ClientSocket::isWatchingOperations)) {
            ServerMessage.Operations shown = pulses.snapshot(hosts.kept(), now());
            sockets.forEach(socket -> socket.showOperations(shown));
            ask();
        }
    }

    /** So that the first picture comes with the next second. */
    void ask() {
        bus.publish(Addresses.OPERATING, new Operating.Ask(identity.id()));
    }

    /** Takes what was published for operators, or sent to this gateway for one. */
    void hear(Operating message, Operating.GatewayPulse own) {
        switch (message) {
            case Operating.Ask ask -> bus.send(Addresses.operating(ask.gateway()), own);
            case Operating.Notice notice ->
                sockets.forEach(socket -> socket.send(new ServerMessage.Notice(notice.message())));
            case Operating.DispatcherPulse pulse -> pulses.hear(pulse, now());
            case Operating.GatewayPulse pulse -> pulses.hear(pulse, now());
            case Operating.HostBookSum sum -> {}
            case Operating.HostBookLines lines -> {}
            case Operating.Audited audited -> {}
        }
    }

    private long now() {
        return identity.clock().getAsLong();
    }
}
