// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The replies of one port, by path. */
record Replies(Map<String, Reply> byPath) {

    /** What came from there; {@link Reply#NONE} if it was not asked or said nothing. */
    Reply at(String path) {
        return byPath.getOrDefault(path, Reply.NONE);
    }

    /** True if something behind the root was answered without asking for a key. */
    boolean isSomethingOpen() {
        return Paths.BEHIND_ROOT.stream().anyMatch(path -> !at(path).wantsKey());
    }

    /** The JSON from there, a missing node unless the status is 200. */
    JsonNode json(String path) {
        Reply reply = at(path);
        return reply.isOk() ? reply.json() : Reply.NONE.json();
    }

    /** The models in OpenAI's list. */
    Stream<JsonNode> models() {
        return entries(json(Paths.OPENAI_MODELS).path("data"), "id");
    }

    /** Those elements of an array that have all these fields as text. */
    static Stream<JsonNode> entries(JsonNode array, String... textFields) {
        return array.isArray()
                ? stream(array).filter(entry -> Stream.of(textFields)
                        .allMatch(field -> entry.path(field).isTextual()))
                : Stream.empty();
    }

    /** The elements of an array, the values of an object. */
    static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }

    static boolean hasText(JsonNode array, String text) {
        return stream(array).anyMatch(element -> element.asText().equals(text));
    }
}
