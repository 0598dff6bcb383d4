// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

/** A way to bring intents to workers. */
public interface Policy {

    /** In a word or two, for a table. */
    String name();

    /** Lets all of it come and run to its end. */
    Waits run(Workload load);
}
