// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

/** A message between parts of the realm: handed over as it is inside one JVM, compactly encoded between JVMs. */
public sealed interface BusMessage
        permits DispatcherBound, WorkerBound, GatewayBound, MonitorBound, Announcement, Operating {}
