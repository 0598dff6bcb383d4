// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Usage;
import org.jspecify.annotations.Nullable;

/** Hands on to another sink what it takes, and hears of the end first. */
public abstract class ForwardingSink implements ChunkSink {

    private final ChunkSink sink;

    protected ForwardingSink(ChunkSink sink) {
        this.sink = sink;
    }

    /** The end has come, and is about to be handed on. */
    protected abstract void ending();

    @Override
    public void text(String text) {
        sink.text(text);
    }

    @Override
    public void medium(Media medium) {
        sink.medium(medium);
    }

    @Override
    public void progress(int done, int of, @Nullable Media preview) {
        sink.progress(done, of, preview);
    }

    @Override
    public void alive() {
        sink.alive();
    }

    @Override
    public void completed(@Nullable String model, @Nullable Usage usage) {
        ending();
        sink.completed(model, usage);
    }

    @Override
    public void failed(Cause cause, String message) {
        ending();
        sink.failed(cause, message);
    }
}
