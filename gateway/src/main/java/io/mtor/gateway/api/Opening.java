// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.admission.Admission.Decision;
import io.mtor.gateway.session.Receiver;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How an HTTP request becomes an intent, whatever it asks for. */
final class Opening {

    private Opening() {}

    /**
     * Reads the body; what is wrong with it is answered.
     *
     * @param open throws an {@link IllegalArgumentException} that names the field that is wrong
     */
    static void read(RoutingContext request, Consumer<JsonNode> open) {
        Buffer body = request.body().buffer();
        if (body == null) {
            OpenAi.error(request.response(), ErrorCode.BAD_REQUEST, "the body is empty", null);
            return;
        }
        try {
            open.accept(ProtocolJson.MAPPER.readTree(body.getBytes()));
        } catch (JsonProcessingException e) {
            OpenAi.error(
                    request.response(), ErrorCode.BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage(), null);
        } catch (IOException | IllegalArgumentException e) {
            String message = Objects.requireNonNullElse(e.getMessage(), "bad request");
            OpenAi.error(request.response(), ErrorCode.BAD_REQUEST, message, null);
        }
    }

    /** Hands it in, for the user that the request names, or for all who come from its address. */
    static void open(
            IntentDesk desk,
            RoutingContext request,
            Receiver receiver,
            ClientMessage.Work work,
            List<Media> media,
            @Nullable UserId named) {
        UserId user = named != null
                ? named
                : new UserId("http-" + request.request().remoteAddress().hostAddress());
        var key = new IntentKey(user, work.guid());
        request.response().closeHandler(ignored -> {
            // A request cannot be resumed: who hangs up wants no answer any more, and the slot is free at once. So it
            // is when we break off ourselves; after the end there is nothing left to cancel.
            desk.cancel(key);
        });
        request.response().exceptionHandler(e -> {});
        request.response().drainHandler(ignored -> desk.drained(key));
        if (desk.open(receiver, work, media, user) instanceof Decision.Refused refused) {
            OpenAi.error(request.response(), refused.code(), refused.message(), refused.retryAfterMillis());
        }
    }
}
