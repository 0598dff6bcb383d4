// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

/** The four kinds of processes. */
public enum Role {
    GATEWAY,
    DISPATCHER,
    MONITOR,
    WORKER
}
