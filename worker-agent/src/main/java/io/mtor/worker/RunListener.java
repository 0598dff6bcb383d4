// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.QueryType;
import org.jspecify.annotations.Nullable;

/** Told of what the workers of a host do, on the event loop of each. */
interface RunListener {

    /** Nobody who listens. */
    RunListener NONE = new RunListener() {

        @Override
        public void began(QueryType type) {}

        @Override
        public void over(QueryType type, @Nullable Cause cause) {}
    };

    /** The model server begins an intent. */
    void began(QueryType type);

    /**
     * An intent that began is over; told exactly once for each.
     *
     * @param cause why it was not answered; null if it was
     */
    void over(QueryType type, @Nullable Cause cause);
}
