// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.DispatcherBound.Place;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound.Cancel;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.WorkerId;

/** Where a {@link Matchmaker} puts what it wants sent. */
public interface Outbox {

    /**
     * Assign this intent to this worker.
     *
     * @param ttlMillis how long it may still take
     * @param queueMillis what it has waited in the line
     */
    void assign(WorkerId to, Place place, long ttlMillis, long queueMillis);

    void cancel(WorkerId at, Cancel message);

    /** {@code Waiting} or {@code Rejected}. */
    void tell(GatewayId gateway, GatewayBound message);
}
