// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher;

import io.mtor.common.protocol.QueryType;

/** Is told of each intent that a dispatcher assigns, on the dispatcher's event loop: for histograms. */
public interface DispatchObserver {

    /** Looks away. */
    DispatchObserver NONE = (queryType, dispatchMicros, queueMillis) -> {};

    /**
     * An intent was assigned.
     *
     * @param dispatchMicros what choosing took, in microseconds
     * @param queueMillis what it waited in the line, in milliseconds
     */
    void assigned(QueryType queryType, long dispatchMicros, long queueMillis);
}
