// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/** One connection through the proxy, from a user down here to a gateway up there. Lives on one event loop. */
final class Link {

    private final Vertx vertx;
    private final NetSocket down;
    private final NetSocket up;
    private final Shape shape;
    private boolean silenced;
    private boolean stalled;

    Link(Vertx vertx, NetSocket down, NetSocket up, Shape shape) {
        this.vertx = vertx;
        this.down = down;
        this.up = up;
        this.shape = shape;
    }

    void begin(Runnable closed) {
        down.handler(data -> pass(data, down, up));
        up.handler(data -> {
            if (!silenced) {
                pass(data, up, down);
            }
        });
        down.exceptionHandler(e -> {});
        up.exceptionHandler(e -> {});
        down.closeHandler(gone -> {
            closed.run();
            up.close();
        });
        up.closeHandler(gone -> {
            closed.run();
            if (!silenced) {
                down.close();
            }
        });
        down.resume();
    }

    private void pass(Buffer data, NetSocket from, NetSocket to) {
        if (shape.delayMillis() > 0) {
            vertx.setTimer(shape.delayMillis(), later -> write(data, from, to));
        } else {
            write(data, from, to);
        }
    }

    private void write(Buffer data, NetSocket from, NetSocket to) {
        int slice = shape.sliceBytes() == 0 ? Math.max(1, data.length()) : shape.sliceBytes();
        for (int at = 0; at < data.length(); at += slice) {
            to.write(data.slice(at, Math.min(data.length(), at + slice)));
        }
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(drained -> {
                if (!stalled) {
                    from.resume();
                }
            });
        }
    }

    /** Closes both sides with a reset: what was on its way is gone. */
    void reset() {
        reset(down);
        reset(up);
    }

    private static void reset(NetSocket socket) {
        Channel channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            // Its other end has closed it in this very moment.
        }
        socket.close();
    }

    void stall(long millis) {
        stalled = true;
        down.pause();
        up.pause();
        vertx.setTimer(millis, over -> {
            stalled = false;
            down.resume();
            up.resume();
        });
    }

    /** The user hears nothing any more, not even the end. */
    void silence() {
        silenced = true;
    }
}
