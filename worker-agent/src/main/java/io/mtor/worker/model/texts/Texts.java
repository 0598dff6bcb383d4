// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Messages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The texts that come with an intent: one medium of type {@code application/json}, an array of strings. */
final class Texts {

    private static final String TYPE = "application/json";

    private Texts() {}

    /**
     * All of them, in their order; none if the intent has no medium.
     *
     * @throws BadInputException if the media are something else, or if a text is empty
     */
    static List<String> attached(Intent intent) throws BadInputException {
        if (intent.media().isEmpty()) {
            return List.of();
        }
        Media medium = intent.media().getFirst();
        Bytes data = medium.data();
        if (intent.media().size() > 1 || data == null || !medium.mediaType().equals(TYPE)) {
            throw new BadInputException(
                    intent.queryType() + " takes its texts as one medium of type " + TYPE + ", an array of strings");
        }
        List<String> texts = new ArrayList<>();
        JsonNode array = parse(intent, data);
        for (JsonNode each : array) {
            if (!each.isTextual() || each.textValue().isBlank()) {
                throw new BadInputException(intent.queryType() + ": text " + texts.size() + " is no text, or empty");
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    private static JsonNode parse(Intent intent, Bytes data) throws BadInputException {
        JsonNode array;
        try {
            array = Messages.MAPPER.readTree(data.array());
        } catch (IOException notJson) {
            throw new BadInputException(intent.queryType() + ": its medium is not JSON");
        }
        if (!array.isArray() || array.isEmpty()) {
            throw new BadInputException(intent.queryType() + ": its medium must be an array with at least one text");
        }
        return array;
    }
}
