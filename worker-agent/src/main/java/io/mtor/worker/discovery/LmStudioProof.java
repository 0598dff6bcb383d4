// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** LM Studio, which says 200 to every path: only its list of models, in a form of its own, is a proof. */
final class LmStudioProof {

    private LmStudioProof() {}

    static Optional<Sight> in(Replies replies) {
        List<Models.Model> newer = Replies.entries(
                        replies.json(Paths.LM_STUDIO_V1).path("models"), "key", "type")
                .filter(model -> model.path("type").asText().equals("llm"))
                .map(LmStudioProof::newer)
                .toList();
        List<Models.Model> older = Replies.entries(
                        replies.json(Paths.LM_STUDIO_V0).path("data"), "id", "state")
                .filter(model ->
                        List.of("llm", "vlm").contains(model.path("type").asText()))
                .map(LmStudioProof::older)
                .toList();
        if (newer.isEmpty() && older.isEmpty()) {
            return Optional.empty();
        }
        String evidence =
                newer.isEmpty() ? Paths.LM_STUDIO_V0 + " has state" : Paths.LM_STUDIO_V1 + " has key and type";
        return Optional.of(
                Models.sight(Kind.LM_STUDIO, "", evidence, newer.isEmpty() ? older : newer, Kind.LM_STUDIO.slots()));
    }

    private static Models.Model newer(JsonNode model) {
        boolean sees = model.path("capabilities").path("vision").asBoolean();
        return new Models.Model(model.path("key").asText(), Models.chatting(sees), false);
    }

    private static Models.Model older(JsonNode model) {
        boolean sees = model.path("type").asText().equals("vlm");
        return new Models.Model(model.path("id").asText(), Models.chatting(sees), false);
    }
}
