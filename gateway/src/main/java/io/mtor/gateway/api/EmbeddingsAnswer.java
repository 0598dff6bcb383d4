// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Usage;
import io.mtor.gateway.api.WholeAnswer.Misshapen;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** The answer to a request for vectors: the JSON of the result in, OpenAI's form of it out. */
record EmbeddingsAnswer(EmbeddingsRequest request) implements WholeAnswer.Form {

    @Override
    public ObjectNode of(ServerMessage.Result result) throws Misshapen {
        List<JsonNode> vectors = WholeAnswer.elements(result, "embeddings");
        if (vectors.size() != request.count()) {
            throw new Misshapen("the worker made " + vectors.size() + " vectors of " + request.count() + " texts");
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
        return body;
    }

    private static String base64(JsonNode vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        vector.forEach(number -> bytes.putFloat(number.floatValue()));
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
