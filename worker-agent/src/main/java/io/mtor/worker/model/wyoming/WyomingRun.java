// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.wyoming;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection and what comes over it. An answer means nothing before its end, so there is nothing to hold up. */
final class WyomingRun implements Run {

    private final Listening listening;

    private final ChunkSink sink;

    private @Nullable NetSocket socket;

    private boolean over;

    WyomingRun(Listening listening, ChunkSink sink) {
        this.listening = listening;
        this.sink = sink;
    }

    void begin(Future<NetSocket> connection, Buffer words) {
        connection
                .onFailure(e -> refuse(Cause.GONE, "the model server cannot be reached"))
                .onSuccess(opened -> {
                    socket = opened;
                    if (over) {
                        opened.close();
                        return;
                    }
                    opened.closeHandler(
                            gone -> refuse(Cause.FAILED, "the model server broke off in the middle of its answer"));
                    opened.handler(bytes -> handle(listening.feed(bytes.getBytes())));
                    opened.write(words);
                });
    }

    private void handle(List<Answer> answers) {
        for (Answer answer : answers) {
            if (over) {
                return;
            }
            switch (answer) {
                case Answer.Text text -> sink.text(text.text());
                case Answer.Medium medium -> sink.medium(medium.medium());
                case Answer.Alive alive -> sink.alive();
                case Answer.Done done -> {
                    cancel();
                    sink.completed(done.model(), done.usage());
                }
                case Answer.Broken broken -> refuse(broken.cause(), broken.message());
            }
        }
    }

    void refuse(Cause cause, String message) {
        if (!over) {
            cancel();
            sink.failed(cause, message);
        }
    }

    @Override
    public void cancel() {
        over = true;
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}
}
