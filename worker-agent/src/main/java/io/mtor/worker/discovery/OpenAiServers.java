// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.QueryType;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Servers that speak OpenAI's API and say somewhere who they are, as data: a new one is a row here and a constant in {@link Kind}.
 * Imitators stand before the imitated.
 */
final class OpenAiServers {

    /** What a field of a proof can tell. */
    private enum Told {
        VERSION,
        /** How many intents at once. */
        SLOTS,
        /** True if its models see. */
        SEES,
        /** False if its models embed and do not chat. */
        CHATS,
        /** True if there is a model for it beside those that are listed. */
        EMBEDS,
        HEARS,
        SPEAKS,
        PAINTS
    }

    private static final Map<Told, QueryType> BESIDE = new EnumMap<>(Map.of(
            Told.EMBEDS, QueryType.EMBED,
            Told.HEARS, QueryType.TRANSCRIBE,
            Told.SPEAKS, QueryType.SPEAK,
            Told.PAINTS, QueryType.IMAGINE));

    private static final List<Row> ROWS = List.of(
            row(Kind.KOBOLD_CPP, Proof.at(Paths.KOBOLD).says("result", "KoboldCpp"))
                    .locked(Proof.at("/api/v1/model").says("result", "koboldcpp/protected-model"))
                    .tells(Told.VERSION, "version")
                    .tells(Told.SEES, "vision")
                    .tells(Told.EMBEDS, "embeddings")
                    .tells(Told.HEARS, "transcribe")
                    .tells(Told.SPEAKS, "tts")
                    .tells(Told.PAINTS, "txt2img"),
            row(
                            Kind.SGLANG,
                            Proof.at("/get_model_info", "/model_info")
                                    .text("model_path")
                                    .flag("is_generation"))
                    .tells(Told.CHATS, "is_generation")
                    .tells(Told.SEES, "has_image_understanding"),
            row(Kind.VLLM, Proof.at(Paths.VERSION).text("version"))
                    .models(Proof.at(Paths.OPENAI_MODELS)
                            .says("owned_by", "vllm")
                            .number("max_model_len"))
                    .tells(Told.VERSION, "version"),
            row(
                            Kind.TGI,
                            Proof.at(Paths.INFO)
                                    .begins("router", "text-generation-router")
                                    .number("max_concurrent_requests"))
                    .tells(Told.VERSION, "version")
                    .tells(Told.SLOTS, "max_concurrent_requests"));

    /**
     * One kind of server.
     *
     * @param models what one of its models has, as a second proof; with no field if that is none
     * @param locked what it says if it wants a key but lists its models without; with no field if it says nothing
     * @param told the fields of the proof
     */
    private record Row(Kind kind, Proof proof, Proof models, Proof locked, Map<Told, String> told) {

        Row models(Proof fields) {
            return new Row(kind, proof, fields, locked, told);
        }

        Row locked(Proof fields) {
            return new Row(kind, proof, models, fields, told);
        }

        Row tells(Told what, String field) {
            Map<Told, String> more = new EnumMap<>(Told.class);
            more.putAll(told);
            more.put(what, field);
            return new Row(kind, proof, models, locked, more);
        }

        Optional<Sight> in(Replies replies) {
            boolean owned = models.fields().isEmpty() || replies.models().anyMatch(models::holds);
            return proof.in(replies).filter(found -> owned).map(found -> sight(found, replies));
        }

        private Sight sight(Proof.Found found, Replies replies) {
            if (!locked.fields().isEmpty() && locked.in(replies).isPresent()) {
                return Fingerprint.needsKey(kind.id(), found.evidence());
            }
            String evidence = models.fields().isEmpty() ? found.evidence() : found.evidence() + ", " + models;
            int slots = field(Told.SLOTS, found).asInt(kind.slots());
            boolean sees = field(Told.SEES, found).asBoolean();
            boolean chats = field(Told.CHATS, found).asBoolean(true);
            List<Models.Model> models =
                    listed(replies, model -> chats ? typesByName(model, sees) : Set.of(QueryType.EMBED));
            return Models.sight(
                    kind,
                    field(Told.VERSION, found).asText(),
                    evidence,
                    Stream.concat(models.stream(), beside(found)).toList(),
                    slots > 0 ? slots : kind.slots());
        }

        /** The server does not name them, and there is one of each at most. */
        private Stream<Models.Model> beside(Proof.Found found) {
            return BESIDE.entrySet().stream()
                    .filter(each -> field(each.getKey(), found).asBoolean())
                    .map(Map.Entry::getValue)
                    .map(type -> new Models.Model(kind.id() + "/" + type, Set.of(type), false));
        }

        private JsonNode field(Told what, Proof.Found found) {
            return found.json().at("/" + told.getOrDefault(what, "-"));
        }
    }

    private OpenAiServers() {}

    private static Row row(Kind kind, Proof proof) {
        return new Row(kind, proof, Proof.at(), Proof.at(), Map.of());
    }

    /** What the proofs ask for. */
    static Stream<String> paths() {
        return ROWS.stream().flatMap(row -> Stream.of(row.proof, row.locked)).flatMap(proof -> proof.paths().stream());
    }

    static Optional<Sight> in(Replies replies) {
        return ROWS.stream().flatMap(row -> row.in(replies).stream()).findFirst();
    }

    /** The models in OpenAI's list, told apart by their names. */
    static List<Models.Model> models(Replies replies, Predicate<JsonNode> sees) {
        return listed(replies, model -> typesByName(model, sees.test(model)));
    }

    private static List<Models.Model> listed(Replies replies, Function<JsonNode, Set<QueryType>> types) {
        return replies.models()
                .map(model -> new Models.Model(model.path("id").asText(), types.apply(model), isLoaded(model)))
                .toList();
    }

    /** Only llama.cpp tells, where it is a router to others like it. */
    private static boolean isLoaded(JsonNode model) {
        return model.path("status").path("value").asText().equals("loaded");
    }

    /** Where a server lists all its models alike, the name is the last resort to tell what they can do. */
    private static Set<QueryType> typesByName(JsonNode model, boolean sees) {
        String name = model.path("id").asText().toLowerCase(Locale.ROOT);
        if (name.contains("rerank")) {
            return Set.of(QueryType.RERANK);
        }
        if (name.contains("embed")) {
            return Set.of(QueryType.EMBED);
        }
        // KoboldCpp calls the model so that it has not.
        return name.matches(".*(whisper|tts).*|(koboldcpp/)?inactive") ? Set.of() : Models.chatting(sees);
    }
}
