// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.protocol.QueryType;
import java.util.List;
import java.util.Set;

/**
 * A worker of a model realm.
 *
 * @param slowness how much longer than usual its work takes
 * @param failsAfterNanos how soon it fails whatever it gets; 0 if it works
 */
public record Machine(String id, int slots, Set<QueryType> types, double slowness, long failsAfterNanos) {

    public static Machine of(String id, int slots, QueryType... types) {
        return new Machine(id, slots, Set.copyOf(List.of(types)), 1, 0);
    }

    public Machine slowness(double another) {
        return new Machine(id, slots, types, another, failsAfterNanos);
    }

    public Machine failingAfter(long nanos) {
        return new Machine(id, slots, types, slowness, nanos);
    }
}
