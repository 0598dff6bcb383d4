// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;

/** Ends a connection at once: an orderly close never completes against a peer that does not read. */
final class HardClose {

    private HardClose() {}

    static void of(ServerWebSocket socket) {
        ((WebSocketInternal) socket).channelHandlerContext().close();
    }
}
