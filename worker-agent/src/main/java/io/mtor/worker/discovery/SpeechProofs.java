// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Serving;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The proofs of servers for speech, in the sense of {@link Fingerprint}. */
final class SpeechProofs {

    /** The voice that Kokoro takes if none is asked for. */
    private static final String KOKORO_VOICE = "af_heart";

    private SpeechProofs() {}

    /** It says who it is in a header, but not which model it has. */
    static Optional<Sight> whisperCpp(Replies replies) {
        boolean byHeader = Stream.of(Paths.HEALTH, Paths.ROOT)
                .anyMatch(path -> replies.at(path).server().equals("whisper.cpp"));
        if (!byHeader) {
            return Optional.empty();
        }
        return Optional.of(
                replies.at(Paths.HEALTH).status() == 503
                        ? new Sight.Useless(Kind.WHISPER_CPP.id(), "header Server", "loads its model")
                        : server(
                                Kind.WHISPER_CPP, "header Server", offer(QueryType.TRANSCRIBE, List.of()), Names.SAME));
    }

    /** Its list says of each model what it is for; others put another {@code task} there, or none. */
    static Optional<Sight> speaches(Replies replies) {
        List<String> hear = speachesModels(replies, "automatic-speech-recognition");
        List<String> speak = speachesModels(replies, "text-to-speech");
        String title = replies.json(Paths.OPENAPI).path("info").path("title").asText();
        boolean byTitle = title.toLowerCase(Locale.ROOT).contains("speaches");
        if (hear.isEmpty() && speak.isEmpty()) {
            return byTitle
                    ? Optional.of(new Sight.Useless(
                            Kind.SPEACHES.id(), "title in " + Paths.OPENAPI, "has no model for speech"))
                    : Optional.empty();
        }
        List<Offer> offers = new ArrayList<>();
        if (!hear.isEmpty()) {
            offers.add(new Offer(QueryType.TRANSCRIBE, hear));
        }
        if (!speak.isEmpty()) {
            offers.add(new Offer(QueryType.SPEAK, speak));
        }
        Map<String, String> voices = new LinkedHashMap<>();
        replies.models().forEach(model -> voices(model.path("voices"))
                .findFirst()
                .ifPresent(voice -> voices.put(model.path("id").asText(), voice)));
        String evidence = Paths.OPENAI_MODELS + " has task";
        return Optional.of(server(Kind.SPEACHES, evidence, offers, new Names(Map.of(), voices)));
    }

    private static List<String> speachesModels(Replies replies, String task) {
        return replies.models()
                .filter(model -> model.path("task").asText().equals(task))
                .map(model -> model.path("id").asText())
                .filter(id -> !id.isBlank())
                .distinct()
                .toList();
    }

    /** Others have a list of voices at the same path, so its models must be its own, too. They are one under many names. */
    static Optional<Sight> kokoro(Replies replies) {
        List<String> voices =
                voices(replies.json(Paths.KOKORO_VOICES).path("voices")).toList();
        boolean owned = replies.models()
                .anyMatch(model -> model.path("owned_by").asText().equals("kokoro"));
        if (!owned) {
            return Optional.empty();
        }
        if (voices.isEmpty()) {
            return Optional.of(new Sight.Useless(
                    Kind.KOKORO.id(), Paths.OPENAI_MODELS + " is owned by kokoro", "has no voice to speak with"));
        }
        String voice = voices.contains(KOKORO_VOICE) ? KOKORO_VOICE : voices.getFirst();
        return Optional.of(server(
                Kind.KOKORO,
                Paths.KOKORO_VOICES + " has voices, " + Paths.OPENAI_MODELS + " is owned by kokoro",
                offer(QueryType.SPEAK, List.of("kokoro")),
                new Names(Map.of(), Map.of("kokoro", voice))));
    }

    /** The names in a list of voices, which are texts or objects with an {@code id} or a {@code name}. */
    private static Stream<String> voices(JsonNode list) {
        return list.isArray()
                ? Replies.stream(list)
                        .map(voice -> Stream.of(voice, voice.path("id"), voice.path("name"))
                                .filter(JsonNode::isTextual)
                                .map(JsonNode::textValue)
                                .findFirst()
                                .orElse(""))
                        .filter(name -> !name.isBlank())
                : Stream.empty();
    }

    /** Since 1.4 it tells its voice; both versions list the configurations of all voices on its disk. */
    static Optional<Sight> piper(Replies replies) {
        JsonNode voice = replies.json(Paths.INFO).path("voice");
        boolean told =
                voice.path("name").isTextual() && voice.path("num_speakers").isInt();
        JsonNode list = replies.json(Paths.PIPER_VOICES);
        boolean listed = list.isObject()
                && !list.isEmpty()
                && Replies.stream(list)
                        .allMatch(each -> each.path("num_speakers").isInt()
                                && each.path("audio").path("sample_rate").isInt());
        if (!told && !listed) {
            return Optional.empty();
        }
        return Optional.of(server(
                told ? Kind.PIPER : Kind.PIPER_1_3,
                told ? Paths.INFO + " has voice and num_speakers" : Paths.PIPER_VOICES + " has sample rates",
                offer(QueryType.SPEAK, told ? voicesOfPiper(voice, list) : List.of()),
                Names.SAME));
    }

    /** The one it was started with first, for who asks for none. Where it does not tell that one, it is left to it. */
    private static List<String> voicesOfPiper(JsonNode own, JsonNode list) {
        Set<String> voices = new LinkedHashSet<>(List.of(own.path("name").textValue()));
        list.fieldNames().forEachRemaining(voices::add);
        return List.copyOf(voices);
    }

    /** It has a model and many speakers, and says nothing else about itself. */
    static Optional<Sight> xtts(Replies replies) {
        List<String> speakers = voices(replies.json(Paths.XTTS_SPEAKERS)).toList();
        boolean told = replies.json(Paths.XTTS_LANGUAGES).path("languages").isObject();
        if (!told || !replies.json(Paths.XTTS_SPEAKERS).isArray()) {
            return Optional.empty();
        }
        String evidence = Paths.XTTS_SPEAKERS + " and " + Paths.XTTS_LANGUAGES;
        return Optional.of(
                speakers.isEmpty()
                        ? new Sight.Useless(Kind.XTTS.id(), evidence, "has no voice to speak with")
                        : server(
                                Kind.XTTS,
                                evidence,
                                offer(QueryType.SPEAK, List.of("xtts")),
                                new Names(Map.of(), Map.of("xtts", speakers.getFirst()))));
    }

    private static List<Offer> offer(QueryType type, List<String> models) {
        return List.of(new Offer(type, models));
    }

    private static Sight.Server server(Kind kind, String evidence, List<Offer> offers, Names names) {
        return new Sight.Server(kind, "", evidence, new Serving(offers, kind.slots(), false), names);
    }
}
