// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.QueryType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Ollama, which many imitate: it is one only if it is none of them. */
final class OllamaProof {

    private static final Proof VERSION = Proof.at(Paths.OLLAMA_VERSION).text("version");

    private OllamaProof() {}

    /** @param remoteModels whether models that it runs elsewhere count as its own */
    static Optional<Sight> in(Replies replies, boolean remoteModels) {
        Optional<Proof.Found> version = VERSION.in(replies);
        if (!isAtRoot(replies.at(Paths.ROOT)) || version.isEmpty()) {
            return Optional.empty();
        }
        Set<String> loaded = models(replies, Paths.OLLAMA_LOADED).stream()
                .map(OllamaProof::name)
                .collect(Collectors.toSet());
        List<Models.Model> models = models(replies, Paths.OLLAMA_TAGS).stream()
                .filter(model ->
                        remoteModels || (!model.hasNonNull("remote_host") && !model.hasNonNull("remote_model")))
                .map(model -> new Models.Model(name(model), types(model), loaded.contains(name(model))))
                .toList();
        return Optional.of(Models.sight(
                Kind.OLLAMA,
                version.get().text("version"),
                "body of / and " + Paths.OLLAMA_VERSION,
                models,
                Kind.OLLAMA.slots()));
    }

    static boolean isAtRoot(Reply root) {
        return root.text().strip().equals("Ollama is running");
    }

    private static List<JsonNode> models(Replies replies, String path) {
        return Replies.entries(replies.json(path).path("models"), "name").toList();
    }

    private static String name(JsonNode model) {
        return model.path("name").asText();
    }

    /** Lists of 2026 name capabilities; older ones only the families of which some could see, and some only embed. */
    private static Set<QueryType> types(JsonNode model) {
        JsonNode can = model.path("capabilities");
        JsonNode families = model.path("details").path("families");
        if (!model.has("capabilities")) {
            return Replies.stream(families).anyMatch(family -> family.asText().endsWith("bert"))
                    ? Set.of(QueryType.EMBED)
                    : Models.chatting(Replies.hasText(families, "clip") || Replies.hasText(families, "mllama"));
        }
        Set<QueryType> types = new LinkedHashSet<>();
        if (Replies.hasText(can, "completion")) {
            types.addAll(Models.chatting(Replies.hasText(can, "vision")));
        }
        if (Replies.hasText(can, "embedding")) {
            types.add(QueryType.EMBED);
        }
        return types;
    }
}
