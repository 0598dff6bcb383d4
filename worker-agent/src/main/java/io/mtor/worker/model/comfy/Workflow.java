// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mtor.worker.model.http.Messages;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A graph of ComfyUI's nodes, as its "Export (API)" writes it, with {@link Placeholder}s in its texts.
 *
 * <p>{@code {steps:20}} stands for the parameter {@code steps} of the intent, or for 20 where there is none. A text that is
 * nothing but a placeholder becomes what is put in, a number too; in a longer text it is replaced as text. The graph is
 * filled as a tree and never as a text, so no words of a user can change more of it than the text they are put into.
 */
final class Workflow {

    private static final Pattern BRACES = Pattern.compile("\\{(\\w+)(?::([^{}]*))?}");

    private final ObjectNode graph;

    private final Set<Placeholder> placeholders = EnumSet.noneOf(Placeholder.class);

    private Workflow(ObjectNode graph) {
        this.graph = graph;
        for (JsonNode node : graph) {
            find(node);
        }
    }

    /**
     * Reads a graph.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Workflow parse(String text) {
        JsonNode json;
        try {
            json = Messages.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is no JSON", e);
        }
        if (json.path("nodes").isArray()) {
            throw new IllegalArgumentException("it is saved for ComfyUI's page; save it by 'Export (API)'");
        }
        boolean graph = json instanceof ObjectNode && !json.isEmpty();
        for (JsonNode node : json) {
            graph &= node.path("class_type").isTextual() && node.path("inputs").isObject();
        }
        if (!graph) {
            throw new IllegalArgumentException("it is no graph of nodes with class_type and inputs");
        }
        var workflow = new Workflow((ObjectNode) json);
        for (Placeholder needed : Set.of(Placeholder.PROMPT, Placeholder.SEED)) {
            if (!workflow.takes(needed)) {
                throw new IllegalArgumentException("{" + needed.id() + "} is nowhere in it");
            }
        }
        return workflow;
    }

    private void find(JsonNode value) {
        if (value.isContainerNode()) {
            value.forEach(this::find);
        }
        Matcher braces = BRACES.matcher(value.isTextual() ? value.textValue() : "");
        while (braces.find()) {
            placeholders.add(known(braces));
        }
    }

    private static Placeholder known(Matcher braces) {
        String written = braces.group();
        Placeholder placeholder = Placeholder.of(braces.group(1))
                .orElseThrow(() ->
                        new IllegalArgumentException(written + " is no placeholder; there are " + Placeholder.list()));
        String usual = braces.group(2);
        if (usual == null && placeholder.needsDefault()) {
            throw new IllegalArgumentException(written + " needs what is usual, such as {" + placeholder.id() + ":20}");
        }
        if (usual != null && placeholder.isNumber() && !usual.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(written + " must have a whole number behind the colon");
        }
        return placeholder;
    }

    boolean takes(Placeholder placeholder) {
        return placeholders.contains(placeholder);
    }

    /** The graph with these values, texts or numbers, in it. */
    ObjectNode fill(Map<Placeholder, JsonNode> values) {
        ObjectNode filled = graph.deepCopy();
        fillAll(filled, values);
        return filled;
    }

    private static void fillAll(JsonNode container, Map<Placeholder, JsonNode> values) {
        if (container instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(filled(field.getValue(), values)));
        } else if (container instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), values));
            }
        }
    }

    private static JsonNode filled(JsonNode value, Map<Placeholder, JsonNode> values) {
        if (!value.isTextual()) {
            fillAll(value, values);
            return value;
        }
        Matcher braces = BRACES.matcher(value.textValue());
        if (braces.matches()) {
            return value(braces, values);
        }
        String text = braces.replaceAll(
                found -> Matcher.quoteReplacement(value(braces, values).asText()));
        return JsonNodeFactory.instance.textNode(text);
    }

    private static JsonNode value(Matcher braces, Map<Placeholder, JsonNode> values) {
        Placeholder placeholder = known(braces);
        JsonNode given = values.get(placeholder);
        if (given != null) {
            return given;
        }
        String usual = braces.group(2) == null ? "" : braces.group(2);
        return placeholder.isNumber()
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(usual))
                : JsonNodeFactory.instance.textNode(usual);
    }
}
