// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.core;

import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.WorkerId;

/** Where a {@link GatewayCore} puts what it wants sent into the realm. */
public interface Outbox {

    void toDispatcher(DispatcherId dispatcher, DispatcherBound message);

    void toWorker(WorkerId worker, WorkerBound message);
}
