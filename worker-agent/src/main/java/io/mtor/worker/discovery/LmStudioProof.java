// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.QueryType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** LM Studio, which says 200 to every path: only its list of models, in a form of its own, is a proof. */
final class LmStudioProof {

    private LmStudioProof() {}

    static Optional<Sight> in(Replies replies) {
        List<JsonNode> newer = Replies.entries(replies.json(Paths.LM_STUDIO_V1).path("models"), "key", "type")
                .toList();
        List<JsonNode> older = Replies.entries(replies.json(Paths.LM_STUDIO_V0).path("data"), "id", "state")
                .toList();
        if (!newer.isEmpty()) {
            return Optional.of(Models.sight(
                    Kind.LM_STUDIO,
                    "",
                    Paths.LM_STUDIO_V1 + " has key and type",
                    newer.stream().map(LmStudioProof::newer).toList(),
                    slots(newer)));
        }
        return older.isEmpty()
                ? Optional.empty()
                : Optional.of(Models.sight(
                        Kind.LM_STUDIO,
                        "",
                        Paths.LM_STUDIO_V0 + " has state",
                        older.stream().map(LmStudioProof::older).toList(),
                        Kind.LM_STUDIO.slots()));
    }

    private static Models.Model newer(JsonNode model) {
        boolean sees = model.path("capabilities").path("vision").asBoolean();
        return new Models.Model(
                model.path("key").asText(),
                types(model, sees),
                !model.path("loaded_instances").isEmpty());
    }

    private static Models.Model older(JsonNode model) {
        boolean sees = model.path("type").asText().equals("vlm");
        return new Models.Model(
                model.path("id").asText(),
                types(model, sees),
                model.path("state").asText().equals("loaded"));
    }

    private static Set<QueryType> types(JsonNode model, boolean sees) {
        return switch (model.path("type").asText()) {
            case "llm", "vlm" -> Models.chatting(sees);
            case "embedding", "embeddings" -> Set.of(QueryType.EMBED);
            default -> Set.of();
        };
    }

    /** As many as every model that is loaded can do at once, since an intent may want any of them. */
    private static int slots(List<JsonNode> models) {
        return models.stream()
                .filter(model -> model.path("type").asText().equals("llm"))
                .flatMap(LmStudioProof::parallels)
                .mapToInt(Integer::intValue)
                .filter(parallel -> parallel > 0)
                .min()
                .orElse(Kind.LM_STUDIO.slots());
    }

    private static Stream<Integer> parallels(JsonNode model) {
        return Replies.stream(model.path("loaded_instances"))
                .map(instance -> instance.path("config").path("parallel").asInt());
    }
}
