// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.Bus;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The workers of hosts, as the bus sees them: which of them are reached through a connection of this gateway, and which were
 * until a moment ago, and may come back.
 *
 * <p>Lives on the gateway's event loop, which passes the time in (milliseconds).
 */
final class Bridges {

    /** To come back after a lost connection. */
    private static final long AWAY_MILLIS = 2_000;

    private record Away(long incarnation, long since) {}

    private final Bus bus;
    private final HostsConfig.Answer limits;
    private final LongSupplier clock;
    private final Map<WorkerId, Bus.Listening> bridged = new HashMap<>();
    private final Map<WorkerId, Away> away = new HashMap<>();

    Bridges(Bus bus, HostsConfig.Answer limits, LongSupplier clock) {
        this.bus = bus;
        this.limits = limits;
        this.clock = clock;
    }

    boolean has(WorkerId worker) {
        return bridged.containsKey(worker);
    }

    /** For what goes to the workers of one connection. */
    InHand emptyHand(Trust trust) {
        return new InHand(trust, limits, (to, report) -> bus.send(Addresses.dispatcher(to), report));
    }

    /** Says on the bus what the host says. */
    void carry(HostSocket socket, EdgeMessage.FromHost message) {
        switch (message) {
            case EdgeMessage.Said(WorkerAnnouncement said) -> announced(socket, said);
            case EdgeMessage.Said(WorkerLeft left) -> left(left);
            case EdgeMessage.ToGateway(var to, var said) -> bus.send(Addresses.gateway(to), said);
            case EdgeMessage.ToDispatcher(var to, var said) -> bus.send(Addresses.dispatcher(to), said);
            case EdgeMessage.ToMonitor(var to, var said) -> bus.send(Addresses.monitor(to), said);
            case EdgeMessage.Said(var other) -> throw new IllegalArgumentException("no host may say " + other);
            case EdgeMessage.Proof proof -> throw new IllegalArgumentException("proven already");
        }
    }

    /** A worker of the host is there. Nobody may learn of it before it can be reached. */
    private void announced(HostSocket socket, WorkerAnnouncement said) {
        WorkerId worker = said.worker();
        away.remove(worker);
        if (bridged.containsKey(worker)) {
            bus.publish(Addresses.ANNOUNCE, said);
            return;
        }
        Bus.Listening listening = bus.listen(Addresses.worker(worker), told -> {
            socket.inHand().told(worker, told, clock.getAsLong());
            socket.send(new EdgeMessage.Told(worker, told));
        });
        bridged.put(worker, listening);
        listening.ready().onSuccess(ready -> {
            if (listening.equals(bridged.get(worker))) {
                bus.publish(Addresses.ANNOUNCE, said);
            }
        });
    }

    /** A worker of a host has left for good. */
    void left(WorkerLeft left) {
        end(left.worker());
        bus.publish(Addresses.ANNOUNCE, left);
    }

    /** All workers of the host have. */
    void left(HostSocket socket) {
        socket.workers().forEach((worker, incarnation) -> left(new WorkerLeft(worker, incarnation)));
    }

    /** The host may come back, and until then nothing is told to its workers. */
    void lost(HostSocket socket, long now) {
        socket.workers().forEach((worker, incarnation) -> {
            end(worker);
            away.put(worker, new Away(incarnation, now));
        });
    }

    /** The workers of the host are there, but no longer here. */
    void moved(HostSocket socket) {
        socket.workers().keySet().forEach(this::end);
    }

    /** A worker is announced by another gateway. */
    void heardElsewhere(WorkerId worker) {
        away.remove(worker);
    }

    private void end(WorkerId worker) {
        Bus.Listening listening = bridged.remove(worker);
        if (listening != null) {
            listening.stop();
        }
    }

    /** Says of those that have not come back that they have left. */
    void tick(long now) {
        List.copyOf(away.entrySet()).stream()
                .filter(each -> now - each.getValue().since() > AWAY_MILLIS)
                .forEach(each -> {
                    away.remove(each.getKey());
                    bus.publish(
                            Addresses.ANNOUNCE,
                            new WorkerLeft(each.getKey(), each.getValue().incarnation()));
                });
    }
}
