// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * A running Vert.x, alone or in a cluster.
 *
 * @param vertx its event loops and its bus
 * @param membership who else is there
 */
public record Node(Vertx vertx, Membership membership) {

    /** A process that is alone. */
    public static Node alone() {
        return new Node(Vertx.vertx(), Membership.local());
    }

    /** Undeploys everything and leaves in peace. */
    public Future<Void> leave() {
        return vertx.close();
    }
}
