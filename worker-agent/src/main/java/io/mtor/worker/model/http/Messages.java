// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Turn;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the dialects of chat have in common: turns, pictures and settings, as JSON. */
public final class Messages {

    public static final ObjectMapper MAPPER = new ObjectMapper();

    /** What the name of a language may look like, such as {@code de} or {@code en-GB}. */
    public static final Pattern LANGUAGE = Pattern.compile("[a-zA-Z][a-zA-Z-]{0,19}");

    private Messages() {}

    /** The turns of the conversation before the intent, each with role and content. */
    public static List<ObjectNode> earlier(Intent intent) {
        List<ObjectNode> messages = new ArrayList<>();
        for (Turn turn : intent.conversation()) {
            messages.add(MAPPER.createObjectNode().put("role", turn.role()).put("content", turn.content()));
        }
        return messages;
    }

    /**
     * The pictures of a vision intent.
     *
     * @throws BadInputException if there are media that are no pictures, or if the intent is no vision intent
     */
    public static List<Picture> pictures(Intent intent) throws BadInputException {
        boolean vision = intent.queryType().equals(QueryType.VISION);
        if (vision && intent.media().isEmpty()) {
            throw new BadInputException("vision needs a picture");
        }
        if (!vision && !intent.media().isEmpty()) {
            throw new BadInputException(intent.queryType() + " takes no media; pictures go to vision");
        }
        List<Picture> pictures = new ArrayList<>();
        for (Media media : intent.media()) {
            Bytes data = media.data();
            if (data == null || !media.mediaType().startsWith("image/")) {
                throw new BadInputException("vision takes pictures, not " + media.mediaType());
            }
            pictures.add(new Picture(media.mediaType(), Base64.getEncoder().encodeToString(data.array())));
        }
        return pictures;
    }

    /** A picture in base64. */
    public record Picture(String mediaType, String base64) {}

    /**
     * Copies the settings that the model server understands, under its names; all others stay behind, since they could
     * be switches of the server that are not the user's to turn.
     *
     * @param names the name in an intent to the name at the server
     */
    public static void copySettings(Parameters parameters, Map<String, String> names, ObjectNode to) {
        JsonNode given = settings(parameters);
        names.forEach((ours, theirs) -> {
            JsonNode value = given.get(ours);
            if (value != null && !value.isNull()) {
                to.set(theirs, value);
            }
        });
    }

    /** The settings as JSON. */
    public static JsonNode settings(Parameters parameters) {
        try {
            return MAPPER.readTree(parameters.json());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the parameters of an intent are JSON", e);
        }
    }

    /**
     * A setting that is one word, such as a language.
     *
     * @param form what it may look like, since it may become the name of a file at the server
     * @throws BadInputException if it looks different
     */
    public static Optional<String> word(Parameters parameters, String name, Pattern form) throws BadInputException {
        JsonNode value = settings(parameters).path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || !form.matcher(value.textValue()).matches()) {
            throw new BadInputException("the parameter " + name + " must match " + form);
        }
        return Optional.of(value.textValue());
    }
}
