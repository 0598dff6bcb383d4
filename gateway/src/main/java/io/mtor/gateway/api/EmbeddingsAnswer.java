// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Usage;
import io.mtor.gateway.session.Receiver;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** The answer to a request for vectors: the JSON of the result in, OpenAI's form of it out. */
final class EmbeddingsAnswer implements Receiver {

    private final HttpServerResponse response;
    private final EmbeddingsRequest request;
    private boolean over;

    EmbeddingsAnswer(HttpServerResponse response, EmbeddingsRequest request) {
        this.response = response;
        this.request = request;
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
        JsonNode vectors = vectors(result.resultText());
        if (vectors.size() != request.count()) {
            String message = "the worker made " + vectors.size() + " vectors of " + request.count() + " texts";
            OpenAi.error(response, ErrorCode.WORKER_ERROR, message, null);
            return;
        }
        ObjectNode body = OpenAi.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        for (JsonNode vector : vectors) {
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            if (request.base64()) {
                entry.put("embedding", base64(vector));
            } else {
                entry.set("embedding", vector);
            }
        }
        body.put("model", result.model() != null ? result.model() : Models.ANY);
        Usage usage = result.usage();
        int tokens = usage == null ? 0 : usage.promptTokens();
        body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        OpenAi.json(response, body);
    }

    /** An array; empty if the result has none. */
    private static JsonNode vectors(String result) {
        try {
            JsonNode vectors = ProtocolJson.MAPPER.readTree(result).path("embeddings");
            return vectors.isArray() ? vectors : ProtocolJson.MAPPER.createArrayNode();
        } catch (JsonProcessingException notJson) {
            return ProtocolJson.MAPPER.createArrayNode();
        }
    }

    private static String base64(JsonNode vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        vector.forEach(number -> bytes.putFloat(number.floatValue()));
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Vectors have no media. */
    @Override
    public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {}

    @Override
    public boolean isCongested() {
        return response.writeQueueFull();
    }
}
