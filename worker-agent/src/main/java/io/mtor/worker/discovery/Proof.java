// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A reply that only one server gives, as data: what it has in it at one of these paths.
 *
 * @param paths the newer first; the first of them that has all fields counts
 */
record Proof(List<String> paths, List<Field> fields) {

    /**
     * A field of a reply.
     *
     * @param name its name; with slashes where it is inside others
     * @param test what it must be
     */
    record Field(String name, Predicate<JsonNode> test) {

        boolean isIn(JsonNode json) {
            return test.test(json.at("/" + name));
        }
    }

    /**
     * A reply that proves it.
     *
     * @param evidence for people
     */
    record Found(JsonNode json, String evidence) {

        /** The text of a field; empty if there is none. */
        String text(String name) {
            return json.at("/" + name).asText();
        }
    }

    Proof {
        paths = List.copyOf(paths);
        fields = List.copyOf(fields);
    }

    static Proof at(String... paths) {
        return new Proof(List.of(paths), List.of());
    }

    private Proof with(String name, Predicate<JsonNode> test) {
        List<Field> more = new ArrayList<>(fields);
        more.add(new Field(name, test));
        return new Proof(paths, more);
    }

    /** It has this field, any text. */
    Proof text(String name) {
        return with(name, JsonNode::isTextual);
    }

    /** It has this field, exactly this text. */
    Proof says(String name, String value) {
        return with(name, json -> json.asText().equals(value));
    }

    /** It has this field, a text that begins so. */
    Proof begins(String name, String start) {
        return with(name, json -> json.asText().startsWith(start));
    }

    /** It has this field, a whole number. */
    Proof number(String name) {
        return with(name, JsonNode::isInt);
    }

    /** It has this field, true or false. */
    Proof flag(String name) {
        return with(name, JsonNode::isBoolean);
    }

    /** It has this field, an array. */
    Proof list(String name) {
        return with(name, JsonNode::isArray);
    }

    /** It has this field, an object. */
    Proof object(String name) {
        return with(name, JsonNode::isObject);
    }

    boolean holds(JsonNode json) {
        return fields.stream().allMatch(field -> field.isIn(json));
    }

    /** The reply that proves it, if there is one. */
    Optional<Found> in(Replies replies) {
        return paths.stream()
                .filter(path -> holds(replies.json(path)))
                .findFirst()
                .map(path -> new Found(replies.json(path), evidence(path)));
    }

    private String evidence(String path) {
        return path + " has " + fields.stream().map(Field::name).collect(Collectors.joining(" and "));
    }

    /** As it would be said if it were found. */
    @Override
    public String toString() {
        return evidence(paths.getFirst());
    }
}
