// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.QueryType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Servers that speak OpenAI's API and say somewhere who they are, as data: a new one is a row here and a constant in {@link Kind}.
 * Imitators stand before the imitated.
 */
final class OpenAiServers {

    private static final List<Row> ROWS = List.of(
            row(
                            Kind.SGLANG,
                            Proof.at("/get_model_info", "/model_info")
                                    .text("model_path")
                                    .yes("is_generation"))
                    .sees("has_image_understanding"),
            row(Kind.VLLM, Proof.at(Paths.VERSION).text("version"))
                    .owner("vllm", "max_model_len")
                    .version("version"),
            row(
                            Kind.TGI,
                            Proof.at(Paths.INFO)
                                    .begins("router", "text-generation-router")
                                    .number("max_concurrent_requests"))
                    .version("version")
                    .slots("max_concurrent_requests"));

    /**
     * One kind of server.
     *
     * @param owner what each of its models has as {@code owned_by}; empty if that is no part of the proof
     * @param has what each of its models has, too; empty if that is no part of the proof
     * @param version the field of the proof that has it; empty if none has
     * @param slots the field of the proof that has them; empty if none has
     * @param sees the field of the proof that is true if the model sees; empty if none is
     */
    private record Row(Kind kind, Proof proof, String owner, String has, String version, String slots, String sees) {

        Row owner(String name, String field) {
            return new Row(kind, proof, name, field, version, slots, sees);
        }

        Row version(String field) {
            return new Row(kind, proof, owner, has, field, slots, sees);
        }

        Row slots(String field) {
            return new Row(kind, proof, owner, has, version, field, sees);
        }

        Row sees(String field) {
            return new Row(kind, proof, owner, has, version, slots, field);
        }

        Optional<Sight> in(Replies replies) {
            return proof.in(replies).filter(found -> owns(replies)).map(found -> sight(found, replies));
        }

        private boolean owns(Replies replies) {
            return owner.isEmpty()
                    || replies.models()
                            .anyMatch(model -> model.path("owned_by").asText().equals(owner) && model.has(has));
        }

        private Sight sight(Proof.Found found, Replies replies) {
            int told = slots.isEmpty() ? 0 : found.json().at("/" + slots).asInt();
            boolean seeing = !sees.isEmpty() && found.json().at("/" + sees).asBoolean();
            String evidence = owner.isEmpty() ? found.evidence() : Paths.OPENAI_MODELS + " is owned by " + owner;
            return Models.sight(
                    kind,
                    found.text(version),
                    evidence,
                    models(replies, model -> seeing),
                    told > 0 ? told : kind.slots());
        }
    }

    private OpenAiServers() {}

    private static Row row(Kind kind, Proof proof) {
        return new Row(kind, proof, "", "", "", "", "");
    }

    /** What the proofs ask for. */
    static Stream<String> paths() {
        return ROWS.stream().flatMap(row -> row.proof.paths().stream());
    }

    static Optional<Sight> in(Replies replies) {
        return ROWS.stream().flatMap(row -> row.in(replies).stream()).findFirst();
    }

    /** The models in OpenAI's list. */
    static List<Models.Model> models(Replies replies, Predicate<JsonNode> sees) {
        return replies.models().map(model -> model(model, sees)).toList();
    }

    private static Models.Model model(JsonNode model, Predicate<JsonNode> sees) {
        String id = model.path("id").asText();
        return new Models.Model(id, typesByName(id, sees.test(model)), false);
    }

    /** Where a server lists all its models alike, the name is the last resort to leave out those that cannot chat. */
    private static Set<QueryType> typesByName(String id, boolean sees) {
        String name = id.toLowerCase(Locale.ROOT);
        return name.matches(".*(embed|rerank|whisper|tts).*") ? Set.of() : Models.chatting(sees);
    }
}
