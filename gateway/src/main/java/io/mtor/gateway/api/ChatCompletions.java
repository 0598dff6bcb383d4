// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.admission.Admission.Decision;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** {@code POST /v1/chat/completions}: a second face on the same sessions, plain and streamed. */
public final class ChatCompletions implements Handler<RoutingContext> {

    private final IntentDesk desk;

    public ChatCompletions(IntentDesk desk) {
        this.desk = desk;
    }

    @Override
    public void handle(RoutingContext request) {
        Buffer body = request.body().buffer();
        if (body == null) {
            OpenAi.error(request.response(), ErrorCode.BAD_REQUEST, "the body is empty", null);
            return;
        }
        try {
            open(request, ChatRequest.read(ProtocolJson.MAPPER.readTree(body.getBytes())));
        } catch (JsonProcessingException e) {
            OpenAi.error(
                    request.response(), ErrorCode.BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage(), null);
        } catch (java.io.IOException | IllegalArgumentException e) {
            String message = Objects.requireNonNullElse(e.getMessage(), "bad request");
            OpenAi.error(request.response(), ErrorCode.BAD_REQUEST, message, null);
        }
    }

    private void open(RoutingContext request, ChatRequest chat) {
        UserId user = chat.user() != null
                ? chat.user()
                : new UserId("http-" + request.request().remoteAddress().hostAddress());
        var key = new IntentKey(user, chat.work().guid());
        ChatAnswer answer = chat.stream()
                ? new StreamedAnswer(request.response(), chat)
                : new PlainAnswer(request.response(), chat);
        request.response().closeHandler(ignored -> {
            // A request cannot be resumed: who hangs up wants no answer any more, and the slot is free at once. So it
            // is when we break off ourselves; after the end there is nothing left to cancel.
            desk.cancel(key);
        });
        request.response().exceptionHandler(e -> {});
        request.response().drainHandler(ignored -> desk.drained(key));
        if (desk.open(answer, chat.work(), chat.media(), user) instanceof Decision.Refused refused) {
            OpenAi.error(request.response(), refused.code(), refused.message(), refused.retryAfterMillis());
        }
    }
}
