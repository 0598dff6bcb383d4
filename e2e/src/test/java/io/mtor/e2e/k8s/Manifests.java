// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The objects of {@code k8s/base}.
 *
 * @param objects all of them, in the order of the kustomization
 */
record Manifests(List<JsonNode> objects) {

    private static final Path BASE = Path.of("..", "k8s", "base");

    static Manifests ofBase() throws IOException {
        var mapper = new YAMLMapper();
        JsonNode kustomization =
                mapper.readTree(BASE.resolve("kustomization.yaml").toFile());
        var objects = new ArrayList<JsonNode>();
        for (JsonNode resource : kustomization.get("resources")) {
            try (var documents = mapper.readerFor(JsonNode.class)
                    .<JsonNode>readValues(BASE.resolve(resource.asText()).toFile())) {
                documents.forEachRemaining(objects::add);
            }
        }
        return new Manifests(List.copyOf(objects));
    }

    /** Copies that may be spoiled. */
    Manifests copy() {
        return new Manifests(objects.stream().<JsonNode>map(JsonNode::deepCopy).toList());
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    JsonNode named(String kind, String name) {
        return ofKind(kind)
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static JsonNode pod(JsonNode deployment) {
        return deployment.at("/spec/template/spec");
    }

    static JsonNode container(JsonNode deployment) {
        return pod(deployment).at("/containers/0");
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
