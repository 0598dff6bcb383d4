// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.Run;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, which is read as it comes. There is no limit on the whole time here: the worker watches for silence, and closes the
 * connection when it has had enough. Closing it is also how every model server is told to stop.
 */
final class HttpRun implements Run {

    /** Of a body that is an error, this much is read. */
    private static final int MAX_ERROR_BYTES = 64 * 1024;

    /** How long a body may go on behind the end of the answer. */
    private static final long END_MILLIS = 1_000;

    private final Dialect dialect;

    private final Decoder decoder;

    private final ChunkSink sink;

    private @Nullable HttpClientRequest request;

    private @Nullable HttpClientResponse response;

    private boolean paused;

    private boolean over;

    private boolean ended;

    HttpRun(Dialect dialect, ChunkSink sink) {
        this.dialect = dialect;
        this.decoder = dialect.decoder();
        this.sink = sink;
    }

    void begin(HttpClient client, RequestOptions options, Buffer body) {
        client.request(options).onComplete(opened -> {
            if (opened.failed()) {
                fail(Cause.GONE, "the model server cannot be reached");
            } else if (over) {
                opened.result().reset();
            } else {
                request = opened.result();
                opened.result().send(body).onComplete(answered -> {
                    if (answered.succeeded()) {
                        read(answered.result());
                    } else {
                        fail(Cause.GONE, "the model server closed the connection before it answered");
                    }
                });
            }
        });
    }

    private void read(HttpClientResponse head) {
        if (over) {
            return;
        }
        response = head;
        head.exceptionHandler(e -> fail(Cause.FAILED, "the model server broke off in the middle of its answer"));
        String type = String.valueOf(head.getHeader("Content-Type"));
        if (head.statusCode() == 200 && dialect.canBeAnswer(type)) {
            head.handler(chunk -> handle(decoder.feed(chunk.getBytes())));
            head.endHandler(end -> {
                ended = true;
                handle(decoder.end());
            });
        } else {
            readError(head, type);
        }
        if (paused) {
            head.pause();
        }
    }

    private void readError(HttpClientResponse head, String type) {
        Buffer body = Buffer.buffer();
        head.handler(chunk -> {
            if (body.length() < MAX_ERROR_BYTES) {
                body.appendBuffer(chunk, 0, Math.min(chunk.length(), MAX_ERROR_BYTES - body.length()));
            }
        });
        head.endHandler(end -> {
            ended = true;
            int status = head.statusCode();
            String text = body.toString();
            handle(List.of(status == 200 ? Refusal.noAnswer(type, text) : dialect.refusal(status, text)));
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
                    over = true;
                    letEnd();
                    sink.completed(done.model(), done.usage());
                }
                case Answer.Broken broken -> fail(broken.cause(), broken.message());
            }
        }
    }

    /** The answer is whole; a body that goes on for longer than a moment is cut off. */
    private void letEnd() {
        if (request != null && !ended) {
            request.idleTimeout(END_MILLIS);
        }
    }

    /** It never began. */
    void refuse(Cause cause, String message) {
        fail(cause, message);
    }

    private void fail(Cause cause, String message) {
        if (!over) {
            over = true;
            close();
            sink.failed(cause, message);
        }
    }

    private void close() {
        if (request != null && !ended) {
            request.reset();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            over = true;
            close();
        }
    }

    @Override
    public void pause() {
        paused = true;
        if (response != null && !over) {
            response.pause();
        }
    }

    @Override
    public void resume() {
        paused = false;
        if (response != null && !over) {
            response.resume();
        }
    }
}
