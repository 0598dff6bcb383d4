// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.WorkerId;

/** What a health monitor is told on its own address. */
public sealed interface MonitorBound extends BusMessage {

    /** The worker is there; {@code nonce} is the ping's. */
    record Pong(WorkerId worker, long nonce, Load load) implements MonitorBound {}
}
