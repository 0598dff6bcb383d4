// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.QueryType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * LocalAI, one server for every query type. It answers in Ollama's name, too, so it is looked for first. It tells of each model
 * what it can do; before 2026 it told only their names.
 */
final class LocalAiProof {

    private static final List<Proof> PROOFS = List.of(
            Proof.at(Paths.LOCALAI).text("version").object("endpoint_groups"),
            Proof.at(Paths.LOCALAI_SYSTEM).list("backends").list("loaded_models"));

    private static final Map<String, QueryType> TYPES = Map.of(
            "chat", QueryType.CHAT,
            "vision", QueryType.VISION,
            "embeddings", QueryType.EMBED,
            "rerank", QueryType.RERANK,
            "transcript", QueryType.TRANSCRIBE,
            "tts", QueryType.SPEAK,
            "image", QueryType.IMAGINE);

    private LocalAiProof() {}

    static Optional<Sight> in(Replies replies) {
        return PROOFS.stream()
                .flatMap(proof -> proof.in(replies).stream())
                .findFirst()
                .map(found -> sight(found, replies));
    }

    private static Sight sight(Proof.Found found, Replies replies) {
        if (replies.at(Paths.READY).status() == 503) {
            return new Sight.Useless(Kind.LOCAL_AI.id(), found.evidence(), "is starting");
        }
        if (replies.at(Paths.OPENAI_MODELS).wantsKey()) {
            return Fingerprint.needsKey(Kind.LOCAL_AI.id(), found.evidence());
        }
        List<Models.Model> models = Replies.entries(
                        replies.json(Paths.LOCALAI_CAPABILITIES).path("data"), "id")
                .map(LocalAiProof::model)
                .toList();
        String version = found.text("version");
        return Models.sight(
                Kind.LOCAL_AI,
                version.contains(" ") ? version.substring(0, version.indexOf(' ')) : version,
                found.evidence(),
                models.isEmpty() ? OpenAiServers.models(replies, model -> false) : models,
                Kind.LOCAL_AI.slots());
    }

    private static Models.Model model(JsonNode model) {
        Set<QueryType> types = new LinkedHashSet<>();
        model.path("capabilities").forEach(each -> {
            QueryType type = TYPES.get(each.asText());
            if (type != null) {
                types.add(type);
            }
        });
        return new Models.Model(model.path("id").asText(), types, false);
    }
}
