// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.admission.Admission.Decision;
import io.mtor.gateway.session.Receiver;
import java.util.List;

/** Where an HTTP request hands in its intent: the same sessions as the WebSocket's. */
public interface IntentDesk {

    Decision open(Receiver receiver, ClientMessage.Work work, List<Media> media, UserId user);

    void cancel(IntentKey key);

    /** What was sent for this intent has left. */
    void drained(IntentKey key);
}
