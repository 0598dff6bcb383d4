// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.turn;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ForwardingSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A model server that works in its {@link Turn} only, and says that it is busy at any other time. Before the first intent of a
 * turn whoever had the last one is asked to give its memory back.
 */
public final class TurnTaking implements ModelServer {

    private static final long UNLOAD_SECONDS = 10;

    private static final Run NOTHING = new Run() {

        @Override
        public void cancel() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    };

    private final Vertx vertx;
    private final ModelServer server;
    private final String worker;
    private final Turn turn;
    private final Function<String, Future<Void>> unload;
    private final LongSupplier clock;

    /**
     * Takes turns.
     *
     * @param unload asks the model server of a worker to give its memory back
     * @param clock in milliseconds, for the turn
     */
    public TurnTaking(
            Vertx vertx,
            ModelServer server,
            String worker,
            Turn turn,
            Function<String, Future<Void>> unload,
            LongSupplier clock) {
        this.vertx = vertx;
        this.server = server;
        this.worker = worker;
        this.turn = turn;
        this.unload = unload;
        this.clock = clock;
    }

    @Override
    public Run run(Assigned work, ChunkSink sink) {
        if (!turn.enter(worker, clock.getAsLong())) {
            vertx.runOnContext(
                    go -> sink.failed(Cause.BUSY, "another model server of this host works, and they take turns"));
            return NOTHING;
        }
        var leaving = new Leaving(sink);
        String before = turn.predecessor(worker);
        if (before == null) {
            leaving.begin(work);
        } else {
            unload.apply(before).timeout(UNLOAD_SECONDS, TimeUnit.SECONDS).onComplete(done -> leaving.begin(work));
        }
        return leaving;
    }

    @Override
    public void close() {
        server.close();
    }

    /** The run and its sink, of which the first that ends it gives the turn back. */
    private final class Leaving extends ForwardingSink implements Run {

        private Run run = NOTHING;
        private boolean paused;
        private boolean over;

        Leaving(ChunkSink sink) {
            super(sink);
        }

        void begin(Assigned work) {
            if (!over) {
                run = server.run(work, this);
                if (paused) {
                    run.pause();
                }
            }
        }

        private void leave() {
            if (!over) {
                over = true;
                turn.leave(clock.getAsLong());
            }
        }

        @Override
        public void cancel() {
            run.cancel();
            leave();
        }

        @Override
        public void pause() {
            paused = true;
            run.pause();
        }

        @Override
        public void resume() {
            paused = false;
            run.resume();
        }

        @Override
        protected void ending() {
            leave();
        }
    }
}
