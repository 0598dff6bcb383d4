// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.bus.Announcement;

/** What runs in a process. */
interface Service {

    Node node();

    /** Says that it is here, and begins. */
    void start();

    void hear(Announcement announcement);

    /** The cluster says that this node is gone. */
    void nodeLeft(String node);

    /** It is told to leave: it takes no more, ends what it has or hands it over, says farewell and ends its process. */
    void leave();
}
