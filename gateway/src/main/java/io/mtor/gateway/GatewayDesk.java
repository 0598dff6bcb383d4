// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.admission.Admission.Decision;
import io.mtor.gateway.api.IntentDesk;
import io.mtor.gateway.session.Receiver;
import java.util.List;

/** The gateway as the HTTP face sees it. */
record GatewayDesk(Gateway gateway) implements IntentDesk {

    @Override
    public Decision open(Receiver receiver, ClientMessage.Work work, List<Media> media, UserId user) {
        return gateway.open(receiver, work, media, user);
    }

    @Override
    public void cancel(IntentKey key) {
        gateway.cancel(key);
    }

    @Override
    public void drained(IntentKey key) {
        gateway.drained(key);
    }
}
