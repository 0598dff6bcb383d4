// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.function.LongSupplier;

/** Cuts off a peer that floods with control or empty frames, each of which costs it nothing and us an answer. */
final class FrameGuard {

    private static final long WINDOW_MILLIS = 1_000;

    private final ServerWebSocket socket;
    private final int limit;
    private final LongSupplier clock;
    private long windowStart;
    private int count;

    private FrameGuard(ServerWebSocket socket, int limit, LongSupplier clock) {
        this.socket = socket;
        this.limit = limit;
        this.clock = clock;
    }

    /** @param limit most such frames in a second */
    static void watch(ServerWebSocket socket, int limit, LongSupplier clock) {
        socket.frameHandler(new FrameGuard(socket, limit, clock)::onFrame);
    }

    private void onFrame(WebSocketFrame frame) {
        boolean free = frame.isPing()
                || (!frame.isClose() && !frame.isFinal() && frame.binaryData().length() == 0);
        if (!free) {
            return;
        }
        long now = clock.getAsLong();
        if (now - windowStart > WINDOW_MILLIS) {
            windowStart = now;
            count = 0;
        }
        if (++count > limit) {
            HardClose.of(socket);
        }
    }
}
