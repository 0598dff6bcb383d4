// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Usage;
import io.mtor.gateway.api.WholeAnswer.Misshapen;
import java.util.Comparator;
import java.util.List;

/**
 * The answer to a request for an order: the JSON of the result in, Jina's form of it out, the best first. Clients of Cohere
 * need to be told besides what they were billed, which is nothing.
 */
record RerankAnswer(RerankRequest request) implements WholeAnswer.Form {

    @Override
    public ObjectNode of(ServerMessage.Result result) throws Misshapen {
        List<JsonNode> scores = WholeAnswer.elements(result, "results");
        if (scores.size() < request.most() || !scores.stream().allMatch(this::isScore) || !areOnce(scores)) {
            throw new Misshapen("the worker did not give a score to each of "
                    + request.documents().size() + " documents");
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
        return body;
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
}
