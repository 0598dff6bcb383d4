// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.vertx.core.Context;
import java.util.function.Consumer;

/** Who is in the cluster: this process under its node id, and those that leave. */
public interface Membership {

    /** The id of this process, under which the others see it leave. */
    String nodeId();

    /**
     * Tells the listener, on this context, the node id of each process that leaves or dies from now on. A killed
     * process is noticed by its closed connection, within a fraction of a second.
     */
    Registration onNodeLeft(Context context, Consumer<String> listener);

    /** An interest that can be given up. */
    interface Registration {

        /** The listener is told nothing more. */
        void remove();
    }

    /** The membership of a process that is alone: its id is {@code local}, and nobody ever leaves. */
    static Membership local() {
        return new Membership() {
            @Override
            public String nodeId() {
                return "local";
            }

            @Override
            public Registration onNodeLeft(Context context, Consumer<String> listener) {
                return () -> {};
            }
        };
    }
}
