// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.unload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of model server gives memory back: what is loaded, and what to ask for then.
 *
 * @param list the path that tells what is loaded; null if it need not be known
 * @param requests what to ask for, from what the list says; JSON null if there is none
 */
record Unloading(@Nullable String list, Function<JsonNode, List<Request>> requests) {

    /** A POST. */
    record Request(String path, ObjectNode body) {}

    /** Of this kind; nothing if it has no means that is known. */
    static Optional<Unloading> of(String kind) {
        return switch (kind) {
            case "ollama" -> Optional.of(new Unloading("/api/ps", Unloading::ollama));
            case "llama-cpp" -> Optional.of(new Unloading("/models", Unloading::llamaCpp));
            case "lm-studio" -> Optional.of(new Unloading("/api/v1/models", Unloading::lmStudio));
            case "comfyui" ->
                Optional.of(new Unloading(
                        null,
                        none -> List.of(new Request(
                                "/free", object().put("unload_models", true).put("free_memory", true)))));
            default -> Optional.empty();
        };
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static List<Request> ollama(JsonNode loaded) {
        List<Request> requests = new ArrayList<>();
        for (JsonNode model : loaded.path("models")) {
            String name = model.path("name").asText();
            if (!name.isEmpty()) {
                requests.add(
                        new Request("/api/generate", object().put("model", name).put("keep_alive", 0)));
            }
        }
        return requests;
    }

    /** Only its router has models that come and go; one with a single model tells no status. */
    private static List<Request> llamaCpp(JsonNode models) {
        List<Request> requests = new ArrayList<>();
        for (JsonNode model : models.path("data")) {
            if (model.path("status").path("value").asText().equals("loaded")) {
                requests.add(new Request(
                        "/models/unload", object().put("model", model.path("id").asText())));
            }
        }
        return requests;
    }

    private static List<Request> lmStudio(JsonNode models) {
        List<Request> requests = new ArrayList<>();
        for (JsonNode model : models.path("models")) {
            for (JsonNode instance : model.path("loaded_instances")) {
                requests.add(new Request(
                        "/api/v1/models/unload",
                        object().put("instance_id", instance.path("id").asText())));
            }
        }
        return requests;
    }
}
