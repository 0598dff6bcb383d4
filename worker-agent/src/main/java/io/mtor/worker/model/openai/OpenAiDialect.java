// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.openai;

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
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code POST /v1/chat/completions}, answered as server-sent events. */
public final class OpenAiDialect implements Dialect {

    private static final Map<String, String> SETTINGS = Stream.of(
                    "temperature",
                    "top_p",
                    "top_k",
                    "min_p",
                    "seed",
                    "stop",
                    "max_tokens",
                    "presence_penalty",
                    "frequency_penalty")
            .collect(Collectors.toMap(name -> name, name -> name));

    private final UnaryOperator<String> serverName;

    /** @param serverName from the name of a model as it is announced to the server's own name for it */
    public OpenAiDialect(UnaryOperator<String> serverName) {
        this.serverName = serverName;
    }

    @Override
    public String answerType() {
        return "text/event-stream";
    }

    @Override
    public Post write(Assigned work) throws BadInputException {
        Intent intent = work.intent();
        ObjectNode body = Messages.MAPPER.createObjectNode();
        if (work.model() != null) {
            body.put("model", serverName.apply(work.model()));
        }
        body.put("stream", true);
        body.putObject("stream_options").put("include_usage", true);
        ArrayNode messages = body.putArray("messages");
        messages.addAll(Messages.earlier(intent));
        ObjectNode last = messages.addObject().put("role", "user");
        List<Messages.Picture> pictures = Messages.pictures(intent);
        if (pictures.isEmpty()) {
            last.put("content", intent.text());
        } else {
            writeParts(last.putArray("content"), intent.text(), pictures);
        }
        Messages.copySettings(intent.parameters(), SETTINGS, body);
        return Post.json("/v1/chat/completions", body);
    }

    private static void writeParts(ArrayNode content, String text, List<Messages.Picture> pictures) {
        content.addObject().put("type", "text").put("text", text);
        for (Messages.Picture picture : pictures) {
            content.addObject()
                    .put("type", "image_url")
                    .putObject("image_url")
                    .put("url", "data:" + picture.mediaType() + ";base64," + picture.base64());
        }
    }

    @Override
    public Decoder decoder() {
        return new Lines(new OpenAiDecoder());
    }
}
