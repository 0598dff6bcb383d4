// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

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
        List<Models.Model> models = Replies.entries(
                        replies.json(Paths.OLLAMA_TAGS).path("models"), "name")
                .filter(model ->
                        remoteModels || (!model.hasNonNull("remote_host") && !model.hasNonNull("remote_model")))
                .filter(model ->
                        !model.has("capabilities") || Replies.hasText(model.path("capabilities"), "completion"))
                .map(model -> new Models.Model(model.path("name").asText(), Models.chatting(sees(model)), false))
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

    /** Lists of 2026 name capabilities; older ones only the families of which some could see. */
    private static boolean sees(JsonNode model) {
        JsonNode families = model.path("details").path("families");
        return model.has("capabilities")
                ? Replies.hasText(model.path("capabilities"), "vision")
                : Replies.hasText(families, "clip") || Replies.hasText(families, "mllama");
    }
}
