// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.match.Outbox;

/** Sends what the matchmaker decides, and measures how long deciding took. */
final class BusOutbox implements Outbox {

    private static final long NANOS_PER_MICRO = 1_000;

    private final Bus bus;
    private final DispatcherId self;
    private final DispatchObserver observer;
    private long received;

    BusOutbox(Bus bus, DispatcherId self, DispatchObserver observer) {
        this.bus = bus;
        this.self = self;
        this.observer = observer;
    }

    /** A message has arrived: what follows is decided because of it. */
    long received() {
        received = System.nanoTime();
        return received;
    }

    @Override
    public void assign(WorkerId to, Place place, long ttlMillis, long queueMillis) {
        long dispatchMicros = (System.nanoTime() - received) / NANOS_PER_MICRO;
        bus.send(Addresses.worker(to), Assign.of(place, self, ttlMillis, dispatchMicros, queueMillis));
        observer.assigned(place.intent().queryType(), dispatchMicros, queueMillis);
    }

    @Override
    public void cancel(WorkerId at, Cancel message) {
        bus.send(Addresses.worker(at), message);
    }

    @Override
    public void tell(GatewayId gateway, GatewayBound message) {
        bus.send(Addresses.gateway(gateway), message);
    }
}
