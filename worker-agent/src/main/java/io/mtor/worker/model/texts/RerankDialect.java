// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Post;
import io.mtor.worker.model.http.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * {@code POST /v1/rerank}, as Jina has it: how well each attached text fits the text of the intent. The answer is
 * {@code {"results":[{"index":1,"relevance_score":0.9},…]}}, the best first; what a score means differs by model.
 */
public final class RerankDialect implements Dialect {

    private static final Map<String, String> SETTINGS = Map.of("top_n", "top_n");

    private final UnaryOperator<String> serverName;

    /** @param serverName from the name of a model as it is announced to the server's own name for it */
    public RerankDialect(UnaryOperator<String> serverName) {
        this.serverName = serverName;
    }

    @Override
    public String answerType() {
        return "application/json";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        List<String> documents = Texts.attached(intent);
        if (intent.text().isBlank() || documents.isEmpty()) {
            throw new BadInputException("rerank needs a question and texts to order");
        }
        ObjectNode body = Messages.MAPPER.createObjectNode();
        if (work.model() != null) {
            body.put("model", serverName.apply(work.model()));
        }
        body.put("query", intent.text());
        ArrayNode array = body.putArray("documents");
        documents.forEach(array::add);
        Messages.copySettings(intent.parameters(), SETTINGS, body);
        return Post.json("/v1/rerank", body);
    }

    @Override
    public Decoder decoder() {
        return Json.decoder(RerankDialect::read);
    }

    private static List<Answer> read(JsonNode answer) {
        List<JsonNode> results = Json.elements(answer.path("results"));
        boolean scored = results.stream()
                .allMatch(each -> each.path("index").isInt()
                        && each.path("relevance_score").isNumber());
        if (results.isEmpty() || !scored) {
            return List.of(Refusal.noAnswer("no scores", answer.toString()));
        }
        ObjectNode result = Messages.MAPPER.createObjectNode();
        ArrayNode best = result.putArray("results");
        results.stream()
                .sorted(Comparator.comparingDouble(
                        (JsonNode each) -> -each.path("relevance_score").doubleValue()))
                .forEach(each -> best.addObject()
                        .put("index", each.path("index").intValue())
                        .set("relevance_score", each.path("relevance_score")));
        JsonNode counted = answer.at("/usage/total_tokens");
        Usage usage = counted.isInt() ? new Usage(counted.intValue(), 0) : null;
        return Json.answer(result, answer, usage);
    }
}
