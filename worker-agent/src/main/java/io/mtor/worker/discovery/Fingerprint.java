// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Serving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tells from the replies of a port what listens there.
 *
 * <p>A proof is a field that only that server has, with the type it has there; never a port, never a status: LM Studio
 * says 200 to every path, LocalAI and KoboldCpp answer in Ollama's name. So the imitators are looked for before the
 * imitated, the most specific first and the generic last, and the first proof decides.
 */
public final class Fingerprint {

    private static final List<Function<Fingerprint, Optional<Sight>>> PROOFS = List.of(
            Fingerprint::ourselves,
            Fingerprint::localAi,
            Fingerprint::koboldCpp,
            it -> SpeechProofs.whisperCpp(it.replies),
            Fingerprint::llamaCpp,
            Fingerprint::vllm,
            Fingerprint::sglang,
            Fingerprint::lmStudio,
            Fingerprint::ollama,
            it -> SpeechProofs.speaches(it.replies),
            it -> SpeechProofs.kokoro(it.replies),
            it -> SpeechProofs.piper(it.replies),
            it -> ImagineProofs.comfyUi(it.replies, it.workflows),
            it -> ImagineProofs.webUi(it.replies),
            Fingerprint::openAi,
            Fingerprint::locked);

    private final Replies replies;

    private final boolean remoteModels;

    private final List<String> workflows;

    private Fingerprint(Replies replies, boolean remoteModels, List<String> workflows) {
        this.replies = replies;
        this.remoteModels = remoteModels;
        this.workflows = workflows;
    }

    /**
     * What listens there.
     *
     * @param replies by path
     * @param remoteModels whether models that the server runs elsewhere count as its own
     */
    public static Sight of(Map<String, Reply> replies, boolean remoteModels) {
        return of(replies, remoteModels, List.of());
    }

    /** @param workflows the models that the host's own workflows are, for ComfyUI */
    static Sight of(Map<String, Reply> replies, boolean remoteModels, List<String> workflows) {
        var fingerprint = new Fingerprint(new Replies(replies), remoteModels, workflows);
        if (fingerprint.replies.at(Paths.ROOT).status() == 0) {
            return new Sight.Nobody();
        }
        return PROOFS.stream()
                .flatMap(proof -> proof.apply(fingerprint).stream())
                .findFirst()
                .orElseGet(Sight.Stranger::new);
    }

    private Optional<Sight> ourselves() {
        boolean ours = replies.at(Paths.ROOT).server().equals("mtor");
        return ours ? Optional.of(new Sight.Stranger()) : Optional.empty();
    }

    private Optional<Sight> localAi() {
        JsonNode json = replies.json(Paths.LOCALAI);
        return json.has("version") && json.has("endpoint_groups")
                ? unsupported("LocalAI", Paths.LOCALAI + " has endpoint_groups")
                : Optional.empty();
    }

    private Optional<Sight> koboldCpp() {
        return replies.json(Paths.KOBOLD).path("result").asText().equals("KoboldCpp")
                ? unsupported("KoboldCpp", Paths.KOBOLD + " says so")
                : Optional.empty();
    }

    private static Optional<Sight> unsupported(String name, String evidence) {
        return Optional.of(new Sight.Useless(name, evidence, "is not supported yet"));
    }

    private Optional<Sight> llamaCpp() {
        Reply props = replies.at(Paths.LLAMA_PROPS);
        JsonNode json = replies.json(Paths.LLAMA_PROPS);
        boolean byHeader = props.server().equals("llama.cpp");
        boolean byBody = json.has("build_info") && json.path("total_slots").isInt();
        if (!byHeader && !byBody) {
            return Optional.empty();
        }
        String evidence = Paths.LLAMA_PROPS + (byHeader ? ", header Server" : " has build_info and total_slots");
        if (props.wantsKey() || replies.at(Paths.OPENAI_MODELS).wantsKey()) {
            return needsKey("llama.cpp", evidence);
        }
        if (!byBody) {
            return Optional.of(new Sight.Useless("llama.cpp", evidence, "loads its model"));
        }
        boolean seesByProps = json.path("modalities").path("vision").asBoolean();
        return openAiServer(
                Kind.LLAMA_CPP,
                json.path("build_info").asText(),
                evidence,
                json.path("total_slots").intValue(),
                model -> seesByProps
                        || Replies.hasText(model.path("architecture").path("input_modalities"), "image"));
    }

    private Optional<Sight> vllm() {
        JsonNode version = replies.json(Paths.VLLM_VERSION).path("version");
        boolean owned = replies.models()
                .anyMatch(model -> model.path("owned_by").asText().equals("vllm") && model.has("max_model_len"));
        return version.isTextual() && owned
                ? openAiServer(
                        Kind.VLLM,
                        version.textValue(),
                        "/v1/models is owned by vllm",
                        Kind.VLLM.slots(),
                        model -> false)
                : Optional.empty();
    }

    private Optional<Sight> sglang() {
        JsonNode json = replies.json(Paths.SGLANG_INFO);
        boolean sees = json.path("has_image_understanding").asBoolean();
        return json.path("model_path").isTextual() && json.path("is_generation").asBoolean()
                ? openAiServer(
                        Kind.SGLANG,
                        "",
                        Paths.SGLANG_INFO + " has model_path and is_generation",
                        Kind.SGLANG.slots(),
                        model -> sees)
                : Optional.empty();
    }

    private Optional<Sight> lmStudio() {
        List<ModelEntry> newer = Replies.entries(
                        replies.json(Paths.LM_STUDIO_V1).path("models"), "key", "type")
                .filter(model -> model.path("type").asText().equals("llm"))
                .map(model -> new ModelEntry(
                        model.path("key").asText(),
                        model.path("capabilities").path("vision").asBoolean()))
                .toList();
        List<ModelEntry> older = Replies.entries(
                        replies.json(Paths.LM_STUDIO_V0).path("data"), "id", "state")
                .filter(model ->
                        List.of("llm", "vlm").contains(model.path("type").asText()))
                .map(model -> new ModelEntry(
                        model.path("id").asText(), model.path("type").asText().equals("vlm")))
                .toList();
        if (newer.isEmpty() && older.isEmpty()) {
            return Optional.empty();
        }
        String evidence =
                newer.isEmpty() ? Paths.LM_STUDIO_V0 + " has state" : Paths.LM_STUDIO_V1 + " has key and type";
        return Optional.of(server(Kind.LM_STUDIO, "", evidence, newer.isEmpty() ? older : newer, 1));
    }

    private Optional<Sight> ollama() {
        JsonNode version = replies.json(Paths.OLLAMA_VERSION).path("version");
        if (!replies.at(Paths.ROOT).text().strip().equals("Ollama is running") || !version.isTextual()) {
            return Optional.empty();
        }
        List<ModelEntry> models = Replies.entries(
                        replies.json(Paths.OLLAMA_TAGS).path("models"), "name")
                .filter(model ->
                        remoteModels || (!model.hasNonNull("remote_host") && !model.hasNonNull("remote_model")))
                .filter(model ->
                        !model.has("capabilities") || Replies.hasText(model.path("capabilities"), "completion"))
                .map(model -> new ModelEntry(model.path("name").asText(), ollamaSees(model)))
                .toList();
        return Optional.of(server(
                Kind.OLLAMA,
                version.textValue(),
                "body of / and " + Paths.OLLAMA_VERSION,
                models,
                Kind.OLLAMA.slots()));
    }

    /** Lists of 2026 name capabilities; older ones only the families of which some could see. */
    private static boolean ollamaSees(JsonNode model) {
        JsonNode families = model.path("details").path("families");
        return model.has("capabilities")
                ? Replies.hasText(model.path("capabilities"), "vision")
                : Replies.hasText(families, "clip") || Replies.hasText(families, "mllama");
    }

    private Optional<Sight> openAi() {
        Reply reply = replies.at(Paths.OPENAI_MODELS);
        boolean list = replies.json(Paths.OPENAI_MODELS).path("object").asText().equals("list")
                && reply.type().startsWith("application/json")
                && replies.json(Paths.OPENAI_MODELS).path("data").isArray();
        return list
                ? openAiServer(Kind.OPENAI, "", Paths.OPENAI_MODELS + " is a list", Kind.OPENAI.slots(), model -> false)
                : Optional.empty();
    }

    private Optional<Sight> locked() {
        return Stream.of(Paths.OPENAI_MODELS, Paths.OLLAMA_TAGS, Paths.LM_STUDIO_V1)
                        .map(replies::at)
                        .anyMatch(reply ->
                                reply.wantsKey() && !replies.at(Paths.ROOT).wantsKey())
                ? needsKey("a model server", "401 or 403 on its list of models")
                : Optional.empty();
    }

    private static Optional<Sight> needsKey(String name, String evidence) {
        return Optional.of(new Sight.Useless(name, evidence, "needs a key: name it under [[agent.model_server]]"));
    }

    private Optional<Sight> openAiServer(
            Kind kind, String version, String evidence, int slots, Function<JsonNode, Boolean> sees) {
        List<ModelEntry> models = replies.models()
                .filter(Fingerprint::chats)
                .map(model -> new ModelEntry(model.path("id").asText(), sees.apply(model)))
                .toList();
        return Optional.of(server(kind, version, evidence, models, slots));
    }

    /** Where a server lists all its models alike, the name is the last resort to leave out those that cannot chat. */
    private static boolean chats(JsonNode model) {
        return !model.path("id").asText().toLowerCase(Locale.ROOT).matches(".*(embed|rerank|whisper|tts).*");
    }

    private record ModelEntry(String id, boolean sees) {

        /** A file's path says more of the host than of the model: its last part without the ending is the name. */
        String name() {
            String file = id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\')) + 1);
            return id.endsWith(".gguf") ? file.substring(0, file.length() - ".gguf".length()) : id;
        }
    }

    private static Sight server(Kind kind, String version, String evidence, List<ModelEntry> entries, int slots) {
        Map<String, String> serverNames = new LinkedHashMap<>();
        List<String> chat = new ArrayList<>();
        List<String> vision = new ArrayList<>();
        for (ModelEntry entry : entries) {
            if (!entry.id.contains("*")
                    && !entry.id.isBlank()
                    && serverNames.putIfAbsent(entry.name(), entry.id) == null) {
                chat.add(entry.name());
                if (entry.sees) {
                    vision.add(entry.name());
                }
            }
        }
        if (chat.isEmpty()) {
            return new Sight.Useless(kind.id(), evidence, "has no model that can chat");
        }
        List<Offer> offers = new ArrayList<>(List.of(new Offer(QueryType.CHAT, chat)));
        if (!vision.isEmpty()) {
            offers.add(new Offer(QueryType.VISION, vision));
        }
        return new Sight.Server(
                kind, version, evidence, new Serving(offers, slots, false), new Names(serverNames, Map.of()));
    }
}
