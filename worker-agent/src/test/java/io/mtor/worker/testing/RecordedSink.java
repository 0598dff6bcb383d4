// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.ChunkSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what a model server makes. */
public final class RecordedSink implements ChunkSink {

    private final List<String> text = new CopyOnWriteArrayList<>();

    private final List<Media> media = new CopyOnWriteArrayList<>();

    private final List<Media> previews = new CopyOnWriteArrayList<>();

    private final List<String> progress = new CopyOnWriteArrayList<>();

    private volatile int ends;

    private volatile boolean completed;

    private volatile @Nullable Cause failure;

    private volatile String message = "";

    @Override
    public void text(String piece) {
        text.add(piece);
    }

    @Override
    public void medium(Media medium) {
        media.add(medium);
    }

    @Override
    public void progress(int done, int of, @Nullable Media preview) {
        progress.add(done + "/" + of);
        if (preview != null) {
            previews.add(preview);
        }
    }

    @Override
    public void alive() {}

    @Override
    public void completed(@Nullable String model, @Nullable Usage usage) {
        completed = true;
        end();
    }

    @Override
    public void failed(Cause cause, String why) {
        failure = cause;
        message = why;
        end();
    }

    private synchronized void end() {
        ends++;
    }

    /** Waits for the one end. */
    public void awaitEnd() {
        Await.until("the end", this::isEnded);
        if (ends != 1) {
            throw new AssertionError(ends + " ends");
        }
    }

    public boolean isEnded() {
        return ends > 0;
    }

    public boolean isCompleted() {
        return completed;
    }

    public @Nullable Cause failure() {
        return failure;
    }

    public String message() {
        return message;
    }

    public String text() {
        return String.join("", text);
    }

    public List<Media> previews() {
        return previews;
    }

    /** Each as in {@code 3/20}. */
    public List<String> progress() {
        return progress;
    }

    public List<Media> media() {
        return media;
    }

    /** The bytes of the first medium. */
    public byte[] bytes() {
        Bytes data = media.getFirst().data();
        return data == null ? new byte[0] : data.array();
    }
}
