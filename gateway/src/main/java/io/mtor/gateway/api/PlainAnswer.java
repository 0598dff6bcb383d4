// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ServerMessage;
import io.vertx.core.http.HttpServerResponse;

/** A chat completion in one piece. */
final class PlainAnswer extends ChatAnswer {

    private boolean over;

    PlainAnswer(HttpServerResponse response, ChatRequest request) {
        super(response, request);
    }

    @Override
    public void send(ServerMessage message) {
        if (message.isTerminal() && !over) {
            over = true;
            if (message instanceof ServerMessage.Result result) {
                OpenAi.json(response(), completion(result));
            } else if (message instanceof ServerMessage.Failure failure) {
                OpenAi.error(response(), failure.code(), failure.message(), failure.retryAfterMs());
            }
        }
    }

    private ObjectNode completion(ServerMessage.Result result) {
        ObjectNode body = envelope("chat.completion", result.model());
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", result.resultText())
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", "stop");
        if (result.usage() != null) {
            body.set("usage", usage(result.usage()));
        }
        return body;
    }
}
