// SPDX-License-Identifier: GPL-3.0-only
/** The world that the cores live in: virtual time, a network, processes that die and stand still, clients, model servers. */
@NullMarked
package io.mtor.bench.simulation.world;

import org.jspecify.annotations.NullMarked;
