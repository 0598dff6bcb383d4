// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.webui;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ForwardingSink;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.image.PreviewBudget;
import io.vertx.core.Vertx;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One picture: a long request for it, and small ones beside it that ask how far it is. */
final class WebUiRun implements Run {

    private static final long LOOK_MILLIS = 1_000;

    private final Vertx vertx;

    private final WebUiServer server;

    private final String taskId;

    private final ChunkSink sink;

    private final PreviewBudget previews;

    /** Null until the picture is asked for. */
    private @Nullable Run request;

    private long timer = -1;

    private long previewId = -1;

    private boolean paused;

    private boolean over;

    WebUiRun(Vertx vertx, WebUiServer server, String taskId, ChunkSink sink, PreviewBudget previews) {
        this.vertx = vertx;
        this.server = server;
        this.taskId = taskId;
        this.sink = sink;
        this.previews = previews;
    }

    /** @param asked begins the long request, which tells the sink it is given */
    void begin(Function<ChunkSink, Run> asked) {
        server.isTaken().onComplete(taken -> {
            if (over) {
                return;
            }
            if (taken.failed()) {
                fail(Cause.GONE, "the model server cannot be reached");
            } else if (taken.result()) {
                fail(Cause.BUSY, "the model server works for somebody else");
            } else {
                server.began(taskId);
                request = asked.apply(new UntilOver());
                lookLater();
            }
        });
    }

    private void lookLater() {
        timer = vertx.setTimer(
                LOOK_MILLIS, id -> server.state(taskId, previewId).onComplete(state -> {
                    if (over) {
                        return;
                    }
                    if (state.succeeded()) {
                        show(state.result());
                    }
                    lookLater();
                }));
    }

    private void show(TaskState state) {
        if (!state.active() || paused) {
            sink.alive();
            return;
        }
        previewId = state.previewId();
        sink.progress(state.done(), TaskState.WHOLE, previews.pass(state.preview()));
    }

    private void fail(Cause cause, String message) {
        end();
        sink.failed(cause, message);
    }

    /** The answer will not come any more, but the server may still be at work. */
    private void breakOff(Cause cause, String message) {
        fail(cause, message);
        if (cause == Cause.FAILED) {
            server.stop(taskId);
        }
    }

    private void end() {
        over = true;
        vertx.cancelTimer(timer);
        server.ended(taskId);
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            vertx.cancelTimer(timer);
            if (request != null) {
                request.cancel();
                server.stop(taskId);
            }
        }
    }

    @Override
    public void pause() {
        paused = true;
        if (request != null) {
            request.pause();
        }
    }

    @Override
    public void resume() {
        paused = false;
        if (request != null) {
            request.resume();
        }
    }

    /** Hands on what the long request brings, and ends the small ones with it. */
    private final class UntilOver extends ForwardingSink {

        UntilOver() {
            super(sink);
        }

        @Override
        protected void ending() {
            end();
        }

        @Override
        public void failed(Cause cause, String message) {
            breakOff(cause, message);
        }
    }
}
