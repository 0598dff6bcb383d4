// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtor.common.bus.GatewayBound.Cause;

/** What it means when a model server answers with an error in place of a stream. */
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

    /** A stream was asked for and something else came, with a status that claims success. */
    public static Answer.Broken noStream(String type, String body) {
        String message = messageIn(body);
        return new Answer.Broken(
                Cause.FAILED,
                message.isEmpty() ? "the model server sent " + type + " where a stream was asked for" : message);
    }

    private static String messageIn(String body) {
        try {
            return message(MAPPER.readTree(body));
        } catch (JsonProcessingException notJson) {
            return "";
        }
    }

    /** The text of {@code {"error": "…"}} or {@code {"error": {"message": "…"}}}, shortened; empty if there is none. */
    public static String message(JsonNode json) {
        JsonNode error = json.path("error");
        String text =
                error.isTextual() ? error.textValue() : error.path("message").asText("");
        if (text.isEmpty()) {
            text = json.path("message").asText("");
        }
        return text.length() <= MAX_MESSAGE_CHARS ? text : text.substring(0, MAX_MESSAGE_CHARS) + "…";
    }
}
