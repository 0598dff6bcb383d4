// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Intent;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Lines;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.http.Post;
import java.util.Map;

/** {@code POST /api/chat}, answered as one JSON object a line. */
public final class OllamaDialect implements Dialect {

    private static final Map<String, String> OPTIONS = Map.of(
            "temperature", "temperature",
            "top_p", "top_p",
            "top_k", "top_k",
            "min_p", "min_p",
            "seed", "seed",
            "stop", "stop",
            "max_tokens", "num_predict",
            "presence_penalty", "presence_penalty",
            "frequency_penalty", "frequency_penalty");

    @Override
    public String answerType() {
        return "application/x-ndjson";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        ObjectNode body = Messages.MAPPER.createObjectNode();
        body.put("model", work.model());
        body.put("stream", true);
        ArrayNode messages = body.putArray("messages");
        messages.addAll(Messages.earlier(intent));
        ObjectNode last = messages.addObject().put("role", "user").put("content", intent.text());
        var pictures = Messages.pictures(intent);
        if (!pictures.isEmpty()) {
            ArrayNode images = last.putArray("images");
            pictures.forEach(picture -> images.add(picture.base64()));
        }
        Messages.copySettings(intent.parameters(), OPTIONS, body.putObject("options"));
        JsonNode think = Messages.settings(intent.parameters()).path("think");
        if (think.isBoolean()) {
            body.set("think", think);
        }
        return Post.json("/api/chat", body);
    }

    @Override
    public Decoder decoder() {
        return new Lines(new OllamaDecoder());
    }
}
