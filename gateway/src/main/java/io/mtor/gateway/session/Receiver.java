// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;

/** Whoever an answer goes to: a WebSocket or an HTTP request, seen from the session. Called on its event loop only. */
public interface Receiver {

    void send(ServerMessage message);

    /** A part of a medium; the first part has {@code offset} 0, the last one has {@code last}. */
    void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last);

    /**
     * Asks the client for a sign of life, which is told to {@link OpenIntents#receiverHeard}: it seems to have gone
     * elsewhere. False where a client cannot do that, and cannot go elsewhere either.
     */
    default boolean challenge() {
        return false;
    }

    /**
     * Rises from one connection to the next: what arrives late from an older connection of a client must not take an
     * intent away from the newer one.
     */
    default long number() {
        return 0;
    }

    /** True while what was sent has not yet left: the session then holds back its credits. */
    boolean isCongested();
}
