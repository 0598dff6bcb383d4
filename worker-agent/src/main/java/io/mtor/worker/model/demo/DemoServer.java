// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.http.Messages;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;

/**
 * The model server that every worker-agent brings along: it says that it is a demo, has no models, and yields to any
 * real worker.
 */
public final class DemoServer implements ModelServer {

    private static final int SLOTS = 4;

    /** Painting keeps a processor busy; the others stay free for the realm. */
    private static final int THREADS = 1;

    private final Vertx vertx;

    private final WorkerExecutor threads;

    public DemoServer(Vertx vertx) {
        this.vertx = vertx;
        this.threads = vertx.createSharedWorkerExecutor("mtor-demo", THREADS);
    }

    /** What it can do. */
    public static Serving serving() {
        return new Serving(
                List.of(offer(QueryType.CHAT), offer(QueryType.IMAGINE), offer(QueryType.VISION)), SLOTS, true);
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        Intent intent = work.intent();
        if (intent.queryType().equals(QueryType.IMAGINE)) {
            return new DemoImagine(vertx, threads, intent.text(), lot(intent), sink);
        } else if (intent.queryType().equals(QueryType.VISION)) {
            return new DemoVision(threads, intent, sink);
        }
        return new DemoChat(vertx, work, sink);
    }

    /** Who asks for another picture of the same words names another seed. */
    private static long lot(Intent intent) {
        return Messages.settings(intent.parameters()).path("seed").asLong(0);
    }

    private static Offer offer(QueryType type) {
        return new Offer(type, List.of());
    }

    @Override
    public void close() {
        threads.close();
    }
}
