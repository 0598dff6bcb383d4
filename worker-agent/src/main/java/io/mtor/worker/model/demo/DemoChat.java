// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.Run;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;

/** Speaks {@link DemoWords} word by word, at the pace of a quick reader. */
final class DemoChat implements Run {

    private static final long WORD_MILLIS = 12;

    private final Vertx vertx;

    private final Assigned work;

    private final ChunkSink sink;

    private final Deque<String> words = new ArrayDeque<>();

    private final long startedNanos;

    private final long timer;

    private boolean spoken;

    private boolean paused;

    DemoChat(Vertx vertx, Assigned work, ChunkSink sink) {
        this.vertx = vertx;
        this.work = work;
        this.sink = sink;
        this.startedNanos = System.nanoTime();
        this.words.addAll(DemoWords.words(DemoWords.opening(work)));
        vertx.runOnContext(go -> next());
        this.timer = vertx.setPeriodic(WORD_MILLIS, id -> next());
    }

    private void next() {
        if (paused) {
            return;
        }
        String word = words.poll();
        if (word == null) {
            vertx.cancelTimer(timer);
            sink.completed(null, null);
            return;
        }
        sink.text(word);
        if (!spoken) {
            spoken = true;
            long firstMicros = (System.nanoTime() - startedNanos) / 1000;
            words.addAll(DemoWords.words(DemoWords.rest(work, firstMicros)));
        }
    }

    @Override
    public void cancel() {
        paused = true;
        vertx.cancelTimer(timer);
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }
}
