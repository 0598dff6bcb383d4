// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.List;

/**
 * A machine with a model server.
 *
 * @param name begins the ids of its workers, of which each life has its own
 * @param types what it serves
 * @param trust whose it is
 * @param slowness how much longer than usual its work takes
 */
public record Host(String name, int slots, List<QueryType> types, Trust trust, double slowness) {}
