// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The way of a host that is a member of the cluster. */
record BusWay(Vertx vertx, HostIdentity host) implements WayIn {

    /** A member that is cut off is not told so. */
    @Override
    public boolean isIn() {
        return true;
    }

    @Override
    public Future<Void> hear(Consumer<Announcement> handler) {
        Bus bus = Bus.of(vertx);
        return Future.all(
                        bus.listen(Addresses.ANNOUNCE, handler).ready(),
                        bus.listen(Addresses.ROLLCALL, handler).ready())
                .mapEmpty();
    }

    @Override
    public Place enter(WorkerId id) {
        return new OnTheBus(id, Bus.of(vertx));
    }

    private static final class OnTheBus implements Place {

        private final WorkerId id;
        private final Bus bus;
        private Bus.@Nullable Listening listening;

        OnTheBus(WorkerId id, Bus bus) {
            this.id = id;
            this.bus = bus;
        }

        @Override
        public WorkerPort port() {
            return new BusPort(bus);
        }

        @Override
        public Future<Void> open(Consumer<WorkerBound> receiver) {
            Bus.Listening opened = bus.listen(Addresses.worker(id), receiver);
            listening = opened;
            return opened.ready();
        }

        @Override
        public Future<Void> leave() {
            Bus.Listening opened = listening;
            return opened == null ? Future.succeededFuture() : opened.stop();
        }
    }
}
