// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.ServerMessage;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion as server-sent events.
 *
 * <p>A stream that just ends is taken for success by several clients, and an error event alone by one; so an error is
 * an error event and then a reset of the connection, which all of them notice. A restart cannot be shown on this face:
 * once text has been written it is such an error too.
 */
final class StreamedAnswer extends ChatAnswer {

    private @Nullable String model;
    private boolean begun;
    private boolean hasText;
    private boolean over;

    StreamedAnswer(HttpServerResponse response, ChatRequest request) {
        super(response, request);
    }

    @Override
    public void send(ServerMessage message) {
        if (over || response().closed()) {
            return;
        }
        switch (message) {
            case ServerMessage.Accepted accepted -> model = accepted.model();
            case ServerMessage.Chunk chunk -> {
                begin();
                if (chunk.text() != null) {
                    hasText = true;
                    event(delta(OpenAi.object().put("content", chunk.text()), null));
                }
            }
            case ServerMessage.Restart restart -> {
                if (begun) {
                    fail(ErrorCode.WORKER_LOST, "the worker was lost in mid-answer: " + restart.reason(), null);
                }
            }
            case ServerMessage.Result result -> finish(result);
            case ServerMessage.Failure failure -> fail(failure.code(), failure.message(), failure.retryAfterMs());
            case ServerMessage.Ack ack -> {}
            case ServerMessage.Queued queued -> {}
            case ServerMessage.Progress progress -> {}
            case ServerMessage.Welcome welcome -> {}
            case ServerMessage.Realm realm -> {}
            case ServerMessage.Operations operations -> {}
            case ServerMessage.Notice notice -> {}
            case ServerMessage.Ping ping -> {}
            case ServerMessage.Pong pong -> {}
        }
    }

    private void begin() {
        if (!begun) {
            begun = true;
            response()
                    .setChunked(true)
                    .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                    .putHeader("Cache-Control", "no-cache")
                    // Compressed, the pieces would wait for one another.
                    .putHeader("Content-Encoding", "identity")
                    .putHeader("X-Accel-Buffering", "no");
            event(delta(OpenAi.object().put("role", "assistant").put("content", ""), null));
        }
    }

    private void finish(ServerMessage.Result result) {
        over = true;
        begin();
        if (!hasText && !result.resultText().isEmpty()) {
            event(delta(OpenAi.object().put("content", result.resultText()), null));
        }
        event(delta(OpenAi.object(), "stop"));
        if (request().includeUsage() && result.usage() != null) {
            ObjectNode last = envelope("chat.completion.chunk", model);
            last.putArray("choices");
            last.set("usage", usage(result.usage()));
            event(last);
        }
        response().end("data: [DONE]\n\n");
    }

    private void fail(ErrorCode code, String message, @Nullable Long retryAfterMillis) {
        over = true;
        if (!begun) {
            OpenAi.error(response(), code, message, retryAfterMillis);
            return;
        }
        event(OpenAi.errorBody(code, message)).onComplete(ignored -> response().reset());
    }

    private ObjectNode delta(ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = envelope("chat.completion.chunk", model);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason);
        return chunk;
    }

    private Future<Void> event(ObjectNode json) {
        return response().write("data: " + json + "\n\n");
    }
}
