// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.UserId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are to be put in order, as work: the question is the query, the texts are its one medium, an array.
 *
 * @param documents the texts, in the order of the request
 * @param most how many results are wanted
 * @param withDocuments whether each result repeats its text
 */
record RerankRequest(
        ClientMessage.Work work,
        List<Media> media,
        @Nullable UserId user,
        List<String> documents,
        int most,
        boolean withDocuments) {

    /** They would change the scores, and no worker is told of them. */
    private static final List<String> UNSUPPORTED = List.of("rank_fields", "max_chunks_per_doc", "max_tokens_per_doc");

    /** @throws IllegalArgumentException naming the field that is wrong */
    static RerankRequest read(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        for (String field : UNSUPPORTED) {
            if (json.hasNonNull(field)) {
                throw new IllegalArgumentException(field + " is not supported here");
            }
        }
        String query = ChatRequest.text(json, "query");
        if (query == null || query.isBlank()) {
            throw new IllegalArgumentException("query must be a text that is not empty");
        }
        List<String> documents = documents(json.path("documents"));
        Integer top = top(json.path("top_n"));
        String user = ChatRequest.text(json, "user");
        return new RerankRequest(
                work(json, query, top == null ? null : Math.min(top, documents.size())),
                List.of(media(documents)),
                user == null ? null : new UserId(user),
                documents,
                top == null ? documents.size() : Math.min(top, documents.size()),
                ChatRequest.bool(json, "return_documents"));
    }

    /** Texts, or objects with a text. */
    private static List<String> documents(JsonNode array) {
        List<String> documents = new ArrayList<>();
        for (JsonNode each : array) {
            JsonNode text = each.isObject() ? each.path("text") : each;
            if (!array.isArray() || !text.isTextual() || text.textValue().isBlank()) {
                throw new IllegalArgumentException(
                        "documents must be an array of texts, or of objects with a text, none of them empty");
            }
            documents.add(text.textValue());
        }
        if (documents.isEmpty()) {
            throw new IllegalArgumentException("documents must be an array with at least one text");
        }
        return List.copyOf(documents);
    }

    private static @Nullable Integer top(JsonNode top) {
        if (top.isMissingNode() || top.isNull()) {
            return null;
        }
        if (!top.isInt() || top.intValue() < 1) {
            throw new IllegalArgumentException("top_n must be a whole number from 1");
        }
        return top.intValue();
    }

    private static Media media(List<String> documents) {
        ArrayNode array = ProtocolJson.MAPPER.createArrayNode();
        documents.forEach(array::add);
        return Media.whole("application/json", Bytes.of(array.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static ClientMessage.Work work(JsonNode json, String query, @Nullable Integer top) {
        ObjectNode parameters = OpenAi.object();
        if (top != null) {
            parameters.put("top_n", top);
        }
        return new ClientMessage.Work(
                IntentId.random(),
                QueryType.RERANK,
                query,
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
