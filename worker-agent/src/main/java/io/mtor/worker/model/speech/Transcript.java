// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Refusal;
import io.mtor.worker.model.http.Whole;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads {@code {"text": "…"}}. */
final class Transcript {

    /** Hours of speech are less. */
    private static final int MAX_BYTES = 4 << 20;

    private Transcript() {}

    static Decoder decoder() {
        return new Whole(MAX_BYTES, body -> read(new String(body, StandardCharsets.UTF_8)));
    }

    /** Silence is an answer, too: an empty one. */
    private static List<Answer> read(String body) {
        try {
            JsonNode text = Messages.MAPPER.readTree(body).path("text");
            if (!text.isTextual()) {
                return List.of(Refusal.noAnswer("no text", body));
            }
            String said = text.textValue().strip();
            var done = new Answer.Done(null, null);
            return said.isEmpty() ? List.of(done) : List.of(new Answer.Text(said), done);
        } catch (JsonProcessingException notJson) {
            return List.of(Refusal.noAnswer("what is not JSON", body));
        }
    }
}
