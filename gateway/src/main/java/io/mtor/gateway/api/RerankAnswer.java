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
import java.util.Comparator;
import java.util.List;

/**
 * The answer to a request for an order: the JSON of the result in, Jina's form of it out, the best first. Clients of Cohere
 * need to be told besides what they were billed, which is nothing.
 */
final class RerankAnswer implements Receiver {

    private final HttpServerResponse response;
    private final RerankRequest request;
    private boolean over;

    RerankAnswer(HttpServerResponse response, RerankRequest request) {
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
        List<JsonNode> scores = scores(result.resultText());
        if (scores.size() < request.most() || !scores.stream().allMatch(this::isScore) || !areOnce(scores)) {
            String message = "the worker did not give a score to each of "
                    + request.documents().size() + " documents";
            OpenAi.error(response, ErrorCode.WORKER_ERROR, message, null);
            return;
        }
        ObjectNode body = OpenAi.object().put("id", result.guid().value());
        body.put("model", result.model() != null ? result.model() : Models.ANY);
        Usage usage = result.usage();
        body.putObject("usage").put("total_tokens", usage == null ? 0 : usage.promptTokens());
        body.putObject("meta").putObject("billed_units").put("search_units", 0);
        ArrayNode results = body.putArray("results");
        scores.stream()
                .sorted(Comparator.comparingDouble(
                        (JsonNode each) -> -each.path("relevance_score").doubleValue()))
                .limit(request.most())
                .forEach(each -> put(results.addObject(), each));
        OpenAi.json(response, body);
    }

    private void put(ObjectNode entry, JsonNode score) {
        int index = score.path("index").intValue();
        entry.put("index", index).set("relevance_score", score.path("relevance_score"));
        if (request.withDocuments()) {
            entry.putObject("document").put("text", request.documents().get(index));
        }
    }

    private boolean isScore(JsonNode each) {
        int index = each.path("index").asInt(-1);
        return index >= 0
                && index < request.documents().size()
                && each.path("relevance_score").isNumber();
    }

    private static boolean areOnce(List<JsonNode> scores) {
        return scores.stream()
                        .map(each -> each.path("index").asInt())
                        .distinct()
                        .count()
                == scores.size();
    }

    /** Empty if the result has none. */
    private static List<JsonNode> scores(String result) {
        try {
            return ProtocolJson.MAPPER
                    .readTree(result)
                    .path("results")
                    .valueStream()
                    .toList();
        } catch (JsonProcessingException notJson) {
            return List.of();
        }
    }

    /** An order has no media. */
    @Override
    public void sendMedia(IntentId guid, int seq, String mediaType, int offset, Bytes part, boolean last) {}

    @Override
    public boolean isCongested() {
        return response.writeQueueFull();
    }
}
