// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors that were asked for, as work: one text is the query, many are its one medium, an array.
 *
 * @param count how many texts
 * @param base64 whether each vector comes as the bytes of its numbers, which several clients ask for by themselves
 */
record EmbeddingsRequest(
        ClientMessage.Work work,
        List<Media> media,
        @Nullable UserId user,
        int count,
        boolean base64) {

    /** @throws IllegalArgumentException naming the field that is wrong */
    static EmbeddingsRequest read(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        JsonNode input = json.path("input");
        if (!isText(input)
                && !(input.isArray() && !input.isEmpty() && input.valueStream().allMatch(EmbeddingsRequest::isText))) {
            throw new IllegalArgumentException(
                    "input must be a text or an array of texts, none of them empty; tokens are not supported here");
        }
        String format = ChatRequest.text(json, "encoding_format");
        if (format != null && !format.matches("float|base64")) {
            throw new IllegalArgumentException("encoding_format must be float or base64");
        }
        boolean one = input.isTextual() || input.size() == 1;
        String text = input.isTextual() ? input.textValue() : one ? input.get(0).textValue() : "";
        List<Media> media = one
                ? List.of()
                : List.of(Media.whole(
                        "application/json", Bytes.of(input.toString().getBytes(StandardCharsets.UTF_8))));
        String user = ChatRequest.text(json, "user");
        return new EmbeddingsRequest(
                work(json, text),
                media,
                user == null ? null : new UserId(user),
                one ? 1 : input.size(),
                "base64".equals(format));
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank();
    }

    private static ClientMessage.Work work(JsonNode json, String text) {
        ObjectNode parameters = OpenAi.object();
        JsonNode dimensions = json.path("dimensions");
        if (!dimensions.isMissingNode() && !dimensions.isNull()) {
            if (!dimensions.isInt() || dimensions.intValue() < 1) {
                throw new IllegalArgumentException("dimensions must be a whole number from 1");
            }
            parameters.set("dimensions", dimensions);
        }
        return new ClientMessage.Work(
                IntentId.random(),
                QueryType.EMBED,
                text,
                null,
                ChatRequest.model(json),
                List.of(),
                null,
                new Parameters(parameters.toString()),
                false,
                Priority.API,
                null,
                null,
                null,
                null);
    }
}
