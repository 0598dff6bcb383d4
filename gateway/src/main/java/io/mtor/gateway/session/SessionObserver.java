// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.QueryType;
import org.jspecify.annotations.Nullable;

/** Hears what happens to intents, for metrics; must not throw. */
public interface SessionObserver {

    void accepted(QueryType type, long dispatchMicros, long queueMillis);

    void firstPiece(QueryType type, long afterMillis);

    /** The one terminal message; {@code code} is null for a result. */
    void ended(QueryType type, @Nullable ErrorCode code, long afterMillis);

    void dispatchedAgain(String reason);

    /** An answer nobody waits for: late, repeated, or from a worker that does not hold the attempt. */
    void dropped();

    /** An answer of somebody who was not given the intent: it is not heard. */
    default void forged() {
        dropped();
    }
}
