// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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
            it -> LocalAiProof.in(it.replies),
            it -> SpeechProofs.whisperCpp(it.replies),
            it -> LlamaCppProof.in(it.replies),
            it -> OpenAiServers.in(it.replies),
            it -> LmStudioProof.in(it.replies),
            it -> OllamaProof.in(it.replies, it.remoteModels),
            it -> SpeechProofs.speaches(it.replies),
            it -> SpeechProofs.kokoro(it.replies),
            it -> SpeechProofs.piper(it.replies),
            it -> SpeechProofs.xtts(it.replies),
            it -> ImagineProofs.comfyUi(it.replies, it.workflows),
            it -> ImagineProofs.webUi(it.replies),
            Fingerprint::unsupported,
            Fingerprint::openAi,
            Fingerprint::locked);

    private static final Proof INVOKE_AI = Proof.at(Paths.INVOKEAI_VERSION).text("version");

    private static final Proof TRITON =
            Proof.at(Paths.TRITON).says("name", "triton").list("extensions");

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

    private Optional<Sight> unsupported() {
        Replies all = replies;
        boolean invoke =
                all.json(Paths.OPENAPI).path("info").path("title").asText().startsWith("Invoke");
        Optional<Sight> invokeAi =
                INVOKE_AI.in(all).filter(found -> invoke).map(found -> unsupported("InvokeAI", found));
        return invokeAi.or(() -> TRITON.in(all).map(found -> unsupported("Triton", found)));
    }

    private static Sight unsupported(String name, Proof.Found found) {
        return new Sight.Useless(name, found.evidence(), "is not supported yet");
    }

    private Optional<Sight> openAi() {
        boolean list = Proof.at(Paths.OPENAI_MODELS)
                        .says("object", "list")
                        .list("data")
                        .in(replies)
                        .isPresent()
                && replies.at(Paths.OPENAI_MODELS).type().startsWith("application/json");
        return list
                ? Optional.of(Models.sight(
                        Kind.OPENAI,
                        "",
                        Paths.OPENAI_MODELS + " is a list",
                        OpenAiServers.models(replies, model -> false),
                        Kind.OPENAI.slots()))
                : Optional.empty();
    }

    /** Guards its list of models and not everything, as somebody does who has a login. */
    private Optional<Sight> locked() {
        Reply root = replies.at(Paths.ROOT);
        boolean openAi = replies.at(Paths.OPENAI_MODELS).wantsKey() && !root.wantsKey() && replies.isSomethingOpen();
        boolean ollama = replies.at(Paths.OLLAMA_TAGS).wantsKey() && OllamaProof.isAtRoot(root);
        boolean lmStudio = replies.at(Paths.LM_STUDIO_V1).wantsKey()
                && root.json().path("error").isTextual();
        return openAi || ollama || lmStudio
                ? Optional.of(needsKey("a model server", "401 or 403 on its list of models"))
                : Optional.empty();
    }

    static Sight needsKey(String name, String evidence) {
        return new Sight.Useless(name, evidence, "needs a key: name it under [[agent.model_server]]");
    }
}
