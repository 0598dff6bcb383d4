// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.LineDecoder;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events of chat completions, as servers really send them: with comments, without {@code [DONE]},
 * with {@code null} for no content, with empty {@code choices} around the usage, with errors in the middle.
 *
 * <p>What makes an answer whole is a {@code finish_reason} or {@code [DONE]}; an end of the body without one is a truncation.
 */
final class OpenAiDecoder implements LineDecoder {

    private static final String NOT_JSON = "the model server sent an event that is not JSON";

    private final StringBuilder data = new StringBuilder();

    private boolean finished;

    private boolean over;

    private @Nullable String model;

    private @Nullable Usage usage;

    @Override
    public List<Answer> line(String line) {
        if (over) {
            return List.of();
        }
        if (line.isEmpty()) {
            return event();
        }
        if (line.startsWith("data:")) {
            // One space behind the colon belongs to the syntax; several data lines are one event.
            data.append(data.isEmpty() ? "" : "\n").append(line, line.startsWith("data: ") ? 6 : 5, line.length());
        } else if (line.startsWith(":")) {
            return List.of(new Answer.Alive());
        }
        return List.of();
    }

    private List<Answer> event() {
        if (data.isEmpty()) {
            return List.of();
        }
        String event = data.toString();
        data.setLength(0);
        if (event.equals("[DONE]")) {
            finished = true;
            return end();
        }
        try {
            JsonNode json = Messages.MAPPER.readTree(event);
            return json.isObject() ? read(json) : broken(NOT_JSON);
        } catch (JsonProcessingException e) {
            return broken(NOT_JSON);
        }
    }

    private List<Answer> read(JsonNode json) {
        if (json.has("error") || json.path("object").asText().equals("error")) {
            String message = Refusal.message(json);
            return broken(message.isEmpty() ? "the model server failed in the middle of its answer" : message);
        }
        if (json.path("model").isTextual()) {
            model = json.path("model").textValue();
        }
        JsonNode counted = json.path("usage");
        if (counted.isObject()) {
            usage = new Usage(
                    counted.path("prompt_tokens").asInt(),
                    counted.path("completion_tokens").asInt());
        }
        List<Answer> answers = new ArrayList<>();
        JsonNode choice = json.path("choices").path(0);
        JsonNode content = choice.path("delta").path("content");
        if (content.isTextual() && !content.textValue().isEmpty()) {
            answers.add(new Answer.Text(content.textValue()));
        } else {
            answers.add(new Answer.Alive());
        }
        if (choice.path("finish_reason").isTextual()) {
            finished = true;
        }
        return answers;
    }

    @Override
    public List<Answer> end() {
        if (over) {
            return List.of();
        }
        if (!data.isEmpty()) {
            // The body ended without the empty line that closes the last event.
            List<Answer> answers = new ArrayList<>(event());
            answers.addAll(end());
            return answers;
        }
        if (!finished) {
            return broken("the model server broke off in the middle of its answer");
        }
        over = true;
        return List.of(new Answer.Done(model, usage));
    }

    private List<Answer> broken(String message) {
        over = true;
        return List.of(new Answer.Broken(Cause.FAILED, message));
    }
}
