// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.Serving;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * The model server that every worker-agent brings along: it says that it is a demo, has no models, and yields to any
 * real worker.
 */
public final class DemoServer implements ModelServer {

    private static final int SLOTS = 4;

    private final Vertx vertx;

    public DemoServer(Vertx vertx) {
        this.vertx = vertx;
    }

    /** What it can do. */
    public static Serving serving() {
        return new Serving(List.of(new Offer(QueryType.CHAT, List.of())), SLOTS, true);
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        return new DemoChat(vertx, work, sink);
    }
}
