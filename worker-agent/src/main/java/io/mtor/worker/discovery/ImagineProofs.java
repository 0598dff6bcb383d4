// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.comfy.ComfyQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The proofs of servers of pictures, in the sense of {@link Fingerprint}. */
final class ImagineProofs {

    private static final Pattern FOLDERS_AND_ENDING = Pattern.compile("^.*[/\\\\]|\\.(safetensors|ckpt|sft|pth?|bin)$");

    /** Behind the title of a checkpoint, once it has been computed. */
    private static final Pattern HASH = Pattern.compile(" \\[[0-9a-f]+]$");

    private static final String NO_CHECKPOINT = "has no checkpoint";

    private ImagineProofs() {}

    /**
     * It says which memory of a card its own library has. While it works for others it has no slot.
     *
     * @param workflows the models that the host's own workflows are
     */
    static Optional<Sight> comfyUi(Replies replies, List<String> workflows) {
        JsonNode stats = replies.json(Paths.COMFY_STATS);
        JsonNode devices = stats.path("devices");
        boolean proved = stats.path("system").path("python_version").isTextual()
                && devices.isArray()
                && !devices.isEmpty()
                && Replies.stream(devices)
                        .allMatch(device -> device.path("torch_vram_total").isNumber());
        if (!proved) {
            return Optional.empty();
        }
        Map<String, String> checkpoints = new LinkedHashMap<>();
        comfyCheckpoints(replies).forEach(file -> put(checkpoints, shortName(file), file));
        boolean busy = ComfyQueue.of(replies.json(Paths.COMFY_QUEUE)).isTakenBesides(ComfyQueue.OURS);
        List<String> models =
                Stream.concat(workflows.stream(), checkpoints.keySet().stream()).toList();
        var found = new Found(
                Kind.COMFYUI,
                stats.path("system").path("comfyui_version").asText(""),
                Paths.COMFY_STATS + " has torch_vram_total");
        return Optional.of(found.sight(models, checkpoints, busy ? 0 : Kind.COMFYUI.slots()));
    }

    /** A list of files; newer nodes have it among the options of a choice. */
    private static Stream<String> comfyCheckpoints(Replies replies) {
        JsonNode choice = replies.json(Paths.COMFY_CHECKPOINTS)
                .path("CheckpointLoaderSimple")
                .path("input")
                .path("required")
                .path("ckpt_name");
        JsonNode files =
                choice.path(0).isArray() ? choice.path(0) : choice.path(1).path("options");
        return Replies.stream(files).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** A server with a password answers 401 there, while it knows nothing of OpenAI's list, which others guard. */
    static Optional<Sight> webUi(Replies replies) {
        String evidence = Paths.WEBUI_OPTIONS + " has sd_model_checkpoint";
        Reply list = replies.at(Paths.WEBUI_MODELS);
        if (list.wantsKey()
                && replies.at(Paths.WEBUI_OPTIONS).wantsKey()
                && !replies.at(Paths.OPENAI_MODELS).wantsKey()
                && !replies.at(Paths.ROOT).wantsKey()) {
            return Optional.of(new Sight.Useless(
                    Kind.A1111.id(),
                    "401 or 403 on " + Paths.WEBUI_MODELS,
                    "needs a key: name user:password under [[agent.model_server]]"));
        }
        JsonNode options = replies.json(Paths.WEBUI_OPTIONS);
        if (!options.has("sd_model_checkpoint")
                || !replies.json(Paths.WEBUI_MODELS).isArray()) {
            return Optional.empty();
        }
        String loaded = withoutHash(options.path("sd_model_checkpoint").asText(""));
        List<JsonNode> entries =
                new ArrayList<>(Replies.entries(replies.json(Paths.WEBUI_MODELS), "title", "model_name")
                        .toList());
        // The loaded one first, for who asks for none: another one takes long to load.
        entries.sort(Comparator.comparing(
                entry -> !withoutHash(entry.path("title").textValue()).equals(loaded)));
        Map<String, String> titles = new LinkedHashMap<>();
        entries.forEach(entry -> put(
                titles,
                entry.path("model_name").textValue(),
                entry.path("title").textValue()));
        boolean isNext = entries.stream().anyMatch(entry -> entry.path("type").isTextual());
        var found = new Found(isNext ? Kind.SD_NEXT : Kind.A1111, "", evidence);
        return Optional.of(found.sight(List.copyOf(titles.keySet()), titles, found.kind.slots()));
    }

    private static String withoutHash(String title) {
        return HASH.matcher(title).replaceFirst("");
    }

    private static String shortName(String file) {
        return FOLDERS_AND_ENDING.matcher(file).replaceAll("");
    }

    private static void put(Map<String, String> names, String announced, String serverName) {
        if (!announced.isBlank() && !announced.contains("*")) {
            names.putIfAbsent(announced, serverName);
        }
    }

    private record Found(Kind kind, String version, String evidence) {

        Sight sight(List<String> models, Map<String, String> serverNames, int slots) {
            if (models.isEmpty()) {
                return new Sight.Useless(kind.id(), evidence, NO_CHECKPOINT);
            }
            var serving = new Serving(List.of(new Offer(QueryType.IMAGINE, models)), slots, false);
            return new Sight.Server(kind, version, evidence, serving, new Names(serverNames, Map.of()));
        }
    }
}
