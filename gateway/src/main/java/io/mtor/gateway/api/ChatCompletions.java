// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** {@code POST /v1/chat/completions}: a second face on the same sessions, plain and streamed. */
public final class ChatCompletions implements Handler<RoutingContext> {

    private final IntentDesk desk;

    public ChatCompletions(IntentDesk desk) {
        this.desk = desk;
    }

    @Override
    public void handle(RoutingContext request) {
        Opening.read(request, json -> open(request, ChatRequest.read(json)));
    }

    private void open(RoutingContext request, ChatRequest chat) {
        ChatAnswer answer = chat.stream()
                ? new StreamedAnswer(request.response(), chat)
                : new PlainAnswer(request.response(), chat);
        Opening.open(desk, request, answer, chat.work(), chat.media(), chat.user());
    }
}
