// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.WorkerId;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** How the workers of this host take part in the realm: as members of its cluster, or through a gateway. */
interface WayIn {

    /** Who this host is there. */
    HostIdentity host();

    /** Whether the realm is reached now. From any thread. */
    boolean isIn();

    /** Hears what is announced to all, on the calling context. Completes when nothing is missed any more. */
    Future<Void> hear(Consumer<Announcement> handler);

    /** A place for a worker; to be called on its own context, like all methods of the place. */
    Place enter(WorkerId id);

    /** A worker's place in the realm. */
    interface Place {

        /** What it says goes out here. */
        WorkerPort port();

        /** What it is told comes here, on its context. Completes when it can be reached. */
        Future<Void> open(Consumer<WorkerBound> receiver);

        /** Nothing comes any more. */
        Future<Void> leave();
    }
}
