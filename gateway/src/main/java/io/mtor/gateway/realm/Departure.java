// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.realm;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;

/** Somebody is not there any more, or is said not to be. */
public sealed interface Departure {

    /** Whatever it ran must be dispatched again; {@code why} is for people. */
    record Worker(WorkerId worker, String why) implements Departure {}

    /** Whatever waited there must be placed again. */
    record Dispatcher(DispatcherId dispatcher) implements Departure {}

    /** It is still there, but another one places intents now: whatever waits goes over to that one. */
    record Superseded(DispatcherId dispatcher) implements Departure {}

    record Gateway(GatewayId gateway) implements Departure {}

    record Monitor(MonitorId monitor) implements Departure {}
}
