// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** llama.cpp's {@code llama-server}: it says who it is in a header, and all about itself at {@code /props}. */
final class LlamaCppProof {

    private static final Proof PROPS =
            Proof.at(Paths.LLAMA_PROPS).text("build_info").number("total_slots");

    private LlamaCppProof() {}

    static Optional<Sight> in(Replies replies) {
        Reply props = replies.at(Paths.LLAMA_PROPS);
        boolean byHeader = props.server().equals("llama.cpp");
        Optional<Proof.Found> byBody = PROPS.in(replies);
        if (!byHeader && byBody.isEmpty()) {
            return Optional.empty();
        }
        String evidence = byHeader
                ? Paths.LLAMA_PROPS + ", header Server"
                : byBody.orElseThrow().evidence();
        if (props.wantsKey() || replies.at(Paths.OPENAI_MODELS).wantsKey()) {
            return Optional.of(Fingerprint.needsKey(Kind.LLAMA_CPP.id(), evidence));
        }
        return Optional.of(
                props.status() == 503
                        ? new Sight.Useless(Kind.LLAMA_CPP.id(), evidence, "loads its model")
                        : server(replies.json(Paths.LLAMA_PROPS), evidence, replies));
    }

    /** It tells its slots, unless it is only a router to others like it. */
    private static Sight server(JsonNode props, String evidence, Replies replies) {
        boolean seesByProps = props.path("modalities").path("vision").asBoolean();
        return Models.sight(
                Kind.LLAMA_CPP,
                props.path("build_info").asText(),
                evidence,
                OpenAiServers.models(
                        replies,
                        model -> seesByProps
                                || Replies.hasText(model.path("architecture").path("input_modalities"), "image")),
                props.path("total_slots").asInt(Kind.LLAMA_CPP.slots()));
    }
}
