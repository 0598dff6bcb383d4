// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtor.common.bus.GatewayBound.Cause;
import java.util.stream.Stream;

/** What it means when a model server answers with an error in place of an answer. */
public final class Refusal {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final int MAX_MESSAGE_CHARS = 300;

    private Refusal() {}

    /** The meaning of a status and the body that came with it. */
    public static Answer.Broken of(int status, String body) {
        String message = messageIn(body);
        Cause cause =
                switch (status) {
                    case 400, 413, 415, 422, 501 -> Cause.BAD_INPUT;
                    case 401, 403 -> Cause.NEEDS_KEY;
                    case 404 -> Cause.NO_MODEL;
                    // 503 is what Ollama says when its queue is full, and llama-server while it loads.
                    case 429, 503 -> Cause.BUSY;
                    default -> Cause.FAILED;
                };
        return new Answer.Broken(
                cause, message.isEmpty() ? "the model server answered with status " + status : message);
    }

    /**
     * Something else came than was asked for, with a status that claims success.
     *
     * @param what came, for people
     */
    public static Answer.Broken noAnswer(String what, String body) {
        String message = messageIn(body);
        return new Answer.Broken(
                Cause.FAILED, message.isEmpty() ? "the model server sent " + what + " in place of an answer" : message);
    }

    private static String messageIn(String body) {
        return message(json(body));
    }

    /** The body if it is JSON, else a missing node. */
    public static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MAPPER.missingNode();
        }
    }

    /**
     * The text of {@code {"error": "…"}}, {@code {"error": {"message": "…"}}} or {@code {"message": "…"}}, or of the
     * same under {@code detail}, where FastAPI puts it; shortened; empty if there is none.
     */
    public static String message(JsonNode json) {
        String text = Stream.of(
                        json.path("error").path("message"),
                        json.path("message"),
                        json.path("error"),
                        json.path("detail").path("message"),
                        json.path("detail").path(0).path("msg"),
                        json.path("detail"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .findFirst()
                .orElse("");
        return text.length() <= MAX_MESSAGE_CHARS ? text : text.substring(0, MAX_MESSAGE_CHARS) + "…";
    }
}
