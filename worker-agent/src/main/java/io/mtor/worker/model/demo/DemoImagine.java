// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.demo.paint.Painter;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Paints a picture step by step on a thread of the demo's own, one step at a time, so that it can be stopped and held up
 * between two.
 */
final class DemoImagine implements Run {

    private static final int PREVIEW_WIDTH = 192;

    private final Vertx vertx;

    private final WorkerExecutor threads;

    private final ChunkSink sink;

    private final String prompt;

    private final long lot;

    private @Nullable Painter painter;

    private int done;

    private boolean paused;

    private boolean waiting;

    private boolean over;

    /** What a step has made: a preview, or at the end the picture. */
    private record Made(Painter painter, Media picture) {}

    DemoImagine(Vertx vertx, WorkerExecutor threads, String prompt, long lot, ChunkSink sink) {
        this.vertx = vertx;
        this.threads = threads;
        this.prompt = prompt;
        this.lot = lot;
        this.sink = sink;
        vertx.runOnContext(go -> next());
    }

    private void next() {
        if (over) {
            return;
        }
        if (paused) {
            waiting = true;
            return;
        }
        Painter known = painter;
        threads.<Made>executeBlocking(() -> step(known == null ? Painter.of(prompt, lot) : known), false)
                .onComplete(made -> {
                    if (over) {
                        return;
                    }
                    if (made.failed()) {
                        over = true;
                        sink.failed(Cause.FAILED, "the demo's painter failed");
                    } else {
                        show(made.result());
                    }
                });
    }

    private static Made step(Painter painter) {
        painter.step();
        Media picture =
                painter.isDone() ? Pictures.png(painter.picture()) : Pictures.preview(painter.picture(), PREVIEW_WIDTH);
        return new Made(painter, picture);
    }

    private void show(Made made) {
        painter = made.painter;
        done++;
        if (made.painter.isDone()) {
            over = true;
            sink.progress(done, made.painter.steps(), null);
            sink.medium(made.picture);
            sink.text(DemoWords.caption(prompt, made.painter.understood()));
            sink.completed(null, null);
        } else {
            sink.progress(done, made.painter.steps(), made.picture);
            next();
        }
    }

    @Override
    public void cancel() {
        over = true;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        if (waiting) {
            waiting = false;
            vertx.runOnContext(go -> next());
        }
    }
}
