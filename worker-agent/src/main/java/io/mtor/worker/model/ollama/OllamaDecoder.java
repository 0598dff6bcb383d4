// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.ollama;

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

/** Reads the lines of {@code /api/chat}: an {@code error} may stand in any of them, and the last has {@code done}. */
final class OllamaDecoder implements LineDecoder {

    private boolean over;

    @Override
    public List<Answer> line(String line) {
        if (over || line.isBlank()) {
            return List.of();
        }
        JsonNode json;
        try {
            json = Messages.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return broken("the model server sent a line that is not JSON");
        }
        if (json.has("error")) {
            return broken(Refusal.message(json));
        }
        List<Answer> answers = new ArrayList<>();
        String text = json.path("message").path("content").asText("");
        answers.add(text.isEmpty() ? new Answer.Alive() : new Answer.Text(text));
        if (json.path("done").asBoolean()) {
            over = true;
            JsonNode model = json.path("model");
            answers.add(new Answer.Done(model.isTextual() ? model.textValue() : null, usage(json)));
        }
        return answers;
    }

    private static @Nullable Usage usage(JsonNode json) {
        // Ollama leaves a count out when it is zero, or when the whole prompt was in its cache.
        if (!json.has("eval_count")) {
            return null;
        }
        return new Usage(
                json.path("prompt_eval_count").asInt(), json.path("eval_count").asInt());
    }

    @Override
    public List<Answer> end() {
        return over ? List.of() : broken("the model server broke off in the middle of its answer");
    }

    private List<Answer> broken(String message) {
        over = true;
        return List.of(new Answer.Broken(Cause.FAILED, message));
    }
}
