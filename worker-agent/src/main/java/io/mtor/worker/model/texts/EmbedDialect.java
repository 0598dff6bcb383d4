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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Vectors from texts. The text of the intent is one, and so is each that is attached; the answer is
 * {@code {"embeddings":[[…],…]}}, in the order of the texts.
 */
public final class EmbedDialect implements Dialect {

    private static final Map<String, String> SETTINGS = Map.of("dimensions", "dimensions");

    /** Where it is asked, and where in the answer the vectors are. */
    private enum Form {
        /** {@code {"data":[{"index":0,"embedding":[…]}],"usage":{…}}}, by the index of each. */
        OPENAI("/v1/embeddings", "/usage/prompt_tokens"),
        /** {@code {"embeddings":[[…]],"prompt_eval_count":7}}. */
        OLLAMA("/api/embed", "/prompt_eval_count");

        private final String path;

        private final String counted;

        Form(String path, String counted) {
            this.path = path;
            this.counted = counted;
        }
    }

    private final Form form;

    private final UnaryOperator<String> serverName;

    private EmbedDialect(Form form, UnaryOperator<String> serverName) {
        this.form = form;
        this.serverName = serverName;
    }

    /**
     * {@code POST /v1/embeddings}.
     *
     * @param serverName from the name of a model as it is announced to the server's own name for it
     */
    public static EmbedDialect openAi(UnaryOperator<String> serverName) {
        return new EmbedDialect(Form.OPENAI, serverName);
    }

    /** {@code POST /api/embed}. */
    public static EmbedDialect ollama() {
        return new EmbedDialect(Form.OLLAMA, UnaryOperator.identity());
    }

    @Override
    public String answerType() {
        return "application/json";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        List<String> texts = new ArrayList<>();
        if (!intent.text().isBlank()) {
            texts.add(intent.text());
        }
        texts.addAll(Texts.attached(intent));
        if (texts.isEmpty()) {
            throw new BadInputException("embed needs a text");
        }
        ObjectNode body = Messages.MAPPER.createObjectNode();
        if (work.model() != null) {
            body.put("model", serverName.apply(work.model()));
        }
        ArrayNode input = body.putArray("input");
        texts.forEach(input::add);
        Messages.copySettings(intent.parameters(), SETTINGS, body);
        return Post.json(form.path, body);
    }

    @Override
    public Decoder decoder() {
        return Json.decoder(this::read);
    }

    private List<Answer> read(JsonNode answer) {
        List<JsonNode> vectors = form == Form.OLLAMA
                ? Json.elements(answer.path("embeddings"))
                : Json.byIndex(answer.path("data")).stream()
                        .map(each -> each.path("embedding"))
                        .toList();
        if (vectors.isEmpty() || !vectors.stream().allMatch(EmbedDialect::isVector)) {
            return List.of(Refusal.noAnswer("no vectors", answer.toString()));
        }
        ObjectNode result = Messages.MAPPER.createObjectNode();
        result.putArray("embeddings").addAll(vectors);
        JsonNode counted = answer.at(form.counted);
        Usage usage = counted.isInt() ? new Usage(counted.intValue(), 0) : null;
        return Json.answer(result, answer, usage);
    }

    private static boolean isVector(JsonNode vector) {
        List<JsonNode> numbers = Json.elements(vector);
        return !numbers.isEmpty() && numbers.stream().allMatch(JsonNode::isNumber);
    }
}
