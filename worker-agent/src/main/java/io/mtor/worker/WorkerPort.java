// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;

/** A worker's way out into the realm: the bus, or one connection to a gateway that stands for it. */
public interface WorkerPort {

    void toGateway(GatewayId gateway, GatewayBound message);

    void toDispatcher(DispatcherId dispatcher, DispatcherBound message);

    void toMonitor(MonitorId monitor, MonitorBound message);

    void announce(Announcement announcement);
}
