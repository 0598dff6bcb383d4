// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;

/** The way out of a worker that is a member of the cluster. */
record BusPort(Bus bus) implements WorkerPort {

    @Override
    public void toGateway(GatewayId gateway, GatewayBound message) {
        bus.send(Addresses.gateway(gateway), message);
    }

    @Override
    public void toDispatcher(DispatcherId dispatcher, DispatcherBound message) {
        bus.send(Addresses.dispatcher(dispatcher), message);
    }

    @Override
    public void toMonitor(MonitorId monitor, MonitorBound message) {
        bus.send(Addresses.monitor(monitor), message);
    }

    @Override
    public void announce(Announcement announcement) {
        bus.publish(Addresses.ANNOUNCE, announcement);
    }
}
