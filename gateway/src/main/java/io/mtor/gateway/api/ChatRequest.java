// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Priority;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Turn;
import io.mtor.common.protocol.UserId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chat completion that was asked for, as work: the last message is the query, those before it the conversation. A
 * message with a picture makes it a vision intent.
 *
 * @param includeUsage whether a streamed answer ends with the usage
 */
record ChatRequest(
        ClientMessage.Work work,
        List<Media> media,
        @Nullable UserId user,
        boolean stream,
        boolean includeUsage) {

    /** Settings that every model server knows, handed on as they are. */
    private static final Set<String> PARAMETERS = Set.of(
            "temperature",
            "top_p",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "response_format");

    /** What would change the answer and is not done here: refused, so that nothing is left out in silence. */
    private static final Set<String> REFUSED = Set.of("tools", "functions", "audio", "logprobs", "web_search_options");

    /** @throws IllegalArgumentException naming the field that is wrong */
    static ChatRequest read(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        refuseUnsupported(json);
        JsonNode messages = json.get("messages");
        if (messages == null || !messages.isArray() || messages.isEmpty()) {
            throw new IllegalArgumentException("messages must be an array with at least one message");
        }
        List<Media> media = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            turns.add(turn(messages.get(i), "messages[" + i + "]", media));
        }
        Turn last = turns.remove(turns.size() - 1);
        boolean stream = bool(json, "stream");
        String user = text(json, "user");
        var work = new ClientMessage.Work(
                IntentId.random(),
                media.isEmpty() ? QueryType.CHAT : QueryType.VISION,
                last.content(),
                null,
                model(json),
                turns,
                null,
                parameters(json),
                stream,
                Priority.API,
                null,
                null,
                null,
                null);
        JsonNode options = json.path("stream_options");
        return new ChatRequest(
                work, media, user == null ? null : new UserId(user), stream, bool(options, "include_usage"));
    }

    private static void refuseUnsupported(JsonNode json) {
        for (String field : REFUSED) {
            JsonNode value = json.get(field);
            boolean harmless = value == null
                    || value.isNull()
                    || (value.isContainerNode() && value.isEmpty())
                    || (value.isBoolean() && !value.booleanValue());
            if (!harmless) {
                throw new IllegalArgumentException(field + " is not supported here");
            }
        }
        if (json.path("n").asInt(1) != 1) {
            throw new IllegalArgumentException("n must be 1");
        }
    }

    private static Turn turn(JsonNode message, String path, List<Media> media) {
        String role = text(message, "role");
        if (role == null) {
            throw new IllegalArgumentException(path + ".role is missing");
        }
        String known =
                switch (role) {
                    case "system", "developer" -> "system";
                    case "user" -> "user";
                    case "assistant" -> "assistant";
                    default ->
                        throw new IllegalArgumentException(path + ".role must be system, developer, user or assistant");
                };
        JsonNode content = message.get("content");
        if (content == null || content.isNull()) {
            throw new IllegalArgumentException(path + ".content is missing");
        }
        return new Turn(known, content(content, path + ".content", media));
    }

    private static String content(JsonNode content, String path, List<Media> media) {
        if (content.isTextual()) {
            return content.textValue();
        }
        if (!content.isArray()) {
            throw new IllegalArgumentException(path + " must be a string or an array of parts");
        }
        var text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.get(i);
            switch (part.path("type").asText()) {
                case "text" ->
                    text.append(text.isEmpty() ? "" : "\n").append(needed(part, "text", path + "[" + i + "]"));
                case "image_url" ->
                    media.add(picture(
                            needed(part.path("image_url"), "url", path + "[" + i + "].image_url"),
                            path + "[" + i + "].image_url.url"));
                default -> throw new IllegalArgumentException(path + "[" + i + "].type must be text or image_url");
            }
        }
        return text.toString();
    }

    /** Pictures come inside the request; nothing is fetched from an address that a client names. */
    private static Media picture(String url, String path) {
        int comma = url.indexOf(";base64,");
        if (!url.startsWith("data:image/") || comma < 0) {
            throw new IllegalArgumentException(path + " must be a data: URL in base64");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(url.substring(comma + ";base64,".length()));
            return Media.whole(url.substring("data:".length(), comma), Bytes.of(bytes));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + " is not a picture in base64", e);
        }
    }

    static @Nullable String model(JsonNode json) {
        String model = text(json, "model");
        return model == null || model.isEmpty() || model.equals(Models.ANY) ? null : model;
    }

    private static Parameters parameters(JsonNode json) {
        ObjectNode parameters = OpenAi.object();
        json.properties().forEach(field -> {
            if (PARAMETERS.contains(field.getKey()) && !field.getValue().isNull()) {
                parameters.set(field.getKey(), field.getValue());
            }
        });
        return new Parameters(parameters.toString());
    }

    private static String needed(JsonNode json, String field, String path) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(path + "." + field + " must be a string");
        }
        return value.textValue();
    }

    static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(field + " must be a string");
        }
        return value.textValue();
    }

    static boolean bool(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new IllegalArgumentException(field + " must be true or false");
        }
        return value.booleanValue();
    }
}
