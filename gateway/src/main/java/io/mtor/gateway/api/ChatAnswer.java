// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Usage;
import io.mtor.gateway.session.Receiver;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** The answer to a chat completion: messages of the session in, HTTP out. */
abstract sealed class ChatAnswer implements Receiver permits PlainAnswer, StreamedAnswer {

    private final HttpServerResponse response;
    private final ChatRequest request;
    private final long created = System.currentTimeMillis() / 1_000;

    ChatAnswer(HttpServerResponse response, ChatRequest request) {
        this.response = response;
        this.request = request;
    }

    HttpServerResponse response() {
        return response;
    }

    ChatRequest request() {
        return request;
    }

    /** The envelope that every object of this completion has. */
    ObjectNode envelope(String object, @Nullable String model) {
        return OpenAi.object()
                .put("id", "chatcmpl-" + request.work().guid())
                .put("object", object)
                .put("created", created)
                .put(
                        "model",
                        model != null
                                ? model
                                : request.work().model() != null
                                        ? request.work().model()
                                        : Models.ANY);
    }

    static ObjectNode usage(Usage usage) {
        return OpenAi.object()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.promptTokens() + usage.completionTokens());
    }

    /** Chat answers have no media. */
    @Override
    public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {}

    @Override
    public boolean isCongested() {
        return response.writeQueueFull();
    }
}
