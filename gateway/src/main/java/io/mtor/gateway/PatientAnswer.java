// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Handler;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets a connection be silent while its request is answered: the client has said all it had to say, and an answer may
 * take longer than a connection may be idle. Vert.x has one limit for both, so its handler is taken out meanwhile.
 */
record PatientAnswer(Duration idle) implements Handler<RoutingContext> {

    private static final String IDLE = "idle";

    private static final String CONNECTION = "handler";

    @Override
    public void handle(RoutingContext request) {
        ChannelPipeline pipeline = ((VertxConnection) request.request().connection())
                .channelHandlerContext()
                .pipeline();
        if (pipeline.get(IDLE) != null) {
            pipeline.remove(IDLE);
            request.addEndHandler(ended -> watchAgain(pipeline));
        }
        request.next();
    }

    private void watchAgain(ChannelPipeline pipeline) {
        if (pipeline.get(CONNECTION) != null && pipeline.get(IDLE) == null) {
            pipeline.addBefore(CONNECTION, IDLE, new IdleStateHandler(idle.toMillis(), 0, 0, TimeUnit.MILLISECONDS));
        }
    }
}
