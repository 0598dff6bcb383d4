// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.session.Receiver;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** An answer in one body without media: nothing before the end, and then the result in some form, or the error. */
final class WholeAnswer implements Receiver {

    /** How a result is told. */
    interface Form {

        /** @throws Misshapen if the worker gave something else than what was asked for */
        ObjectNode of(ServerMessage.Result result) throws Misshapen;
    }

    /** Says what the worker gave instead. */
    static final class Misshapen extends Exception {

        private static final long serialVersionUID = 1;

        Misshapen(String message) {
            super(message);
        }
    }

    private final HttpServerResponse response;
    private final Form form;
    private boolean over;

    WholeAnswer(HttpServerResponse response, Form form) {
        this.response = response;
        this.form = form;
    }

    /** The elements of an array in the JSON of a result; none if there is no such array. */
    static List<JsonNode> elements(ServerMessage.Result result, String array) {
        try {
            JsonNode found = ProtocolJson.MAPPER.readTree(result.resultText()).path(array);
            return found.isArray() ? found.valueStream().toList() : List.of();
        } catch (JsonProcessingException notJson) {
            return List.of();
        }
    }

    @Override
    public void send(ServerMessage message) {
        if (over || !message.isTerminal()) {
            return;
        }
        over = true;
        if (message instanceof ServerMessage.Result result) {
            answer(result);
        } else if (message instanceof ServerMessage.Failure failure) {
            OpenAi.error(response, failure.code(), failure.message(), failure.retryAfterMs());
        }
    }

    private void answer(ServerMessage.Result result) {
        try {
            OpenAi.json(response, form.of(result));
        } catch (Misshapen e) {
            OpenAi.error(response, ErrorCode.WORKER_ERROR, String.valueOf(e.getMessage()), null);
        }
    }

    @Override
    public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {}

    @Override
    public boolean isCongested() {
        return response.writeQueueFull();
    }
}
