// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.worker.model.comfy.ComfyEvent.Picture;
import io.mtor.worker.model.http.Messages;
import io.mtor.worker.model.image.Discreet;
import io.mtor.worker.model.image.Pictures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads what ComfyUI says of one prompt: the frames of its WebSocket, and its history. What is said of other prompts, and
 * what is not known, means nothing.
 */
final class ComfyEvents {

    /** Two numbers of four bytes: what the frame is, and how the picture in it is encoded. */
    private static final int PREVIEW_HEAD = 8;

    private static final int PREVIEW = 1;

    private final String promptId;

    private final Discreet discreet;

    /** True while the prompt is worked on, so that previews, which name none, are of it. */
    private boolean isOurs;

    ComfyEvents(String promptId, Discreet discreet) {
        this.promptId = promptId;
        this.discreet = discreet;
    }

    /** A frame of text. */
    Optional<ComfyEvent> text(String frame) {
        JsonNode json;
        try {
            json = Messages.MAPPER.readTree(frame);
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
        JsonNode data = json.path("data");
        boolean begins = List.of("execution_start", "executing")
                .contains(json.path("type").asText());
        if (!data.path("prompt_id").asText().equals(promptId)) {
            isOurs &= !begins;
            return Optional.empty();
        }
        isOurs = true;
        return Optional.of(event(json.path("type").asText(), data));
    }

    private ComfyEvent event(String type, JsonNode data) {
        return switch (type) {
            case "progress" ->
                new ComfyEvent.Progress(
                        data.path("value").asInt(), Math.max(1, data.path("max").asInt()));
            case "executed" -> new ComfyEvent.Made(pictures(data.path("output")));
            case "executing" -> data.path("node").isNull() ? new ComfyEvent.Finished() : new ComfyEvent.Alive();
            case "execution_success" -> new ComfyEvent.Finished();
            case "execution_interrupted" -> new ComfyEvent.Interrupted();
            case "execution_error" -> new ComfyEvent.Failed(failure(data));
            default -> new ComfyEvent.Alive();
        };
    }

    /** A binary frame. */
    Optional<ComfyEvent> binary(byte[] frame) {
        boolean preview =
                frame.length > PREVIEW_HEAD && frame[0] == 0 && frame[1] == 0 && frame[2] == 0 && frame[3] == PREVIEW;
        return isOurs && preview
                ? Pictures.of(Arrays.copyOfRange(frame, PREVIEW_HEAD, frame.length))
                        .map(ComfyEvent.Preview::new)
                : Optional.empty();
    }

    /** The history: what the prompt has come to, the pictures first; empty if it is not over. */
    List<ComfyEvent> history(JsonNode history) {
        JsonNode entry = history.path(promptId);
        if (!entry.isObject()) {
            return List.of();
        }
        List<Picture> pictures = new ArrayList<>();
        entry.path("outputs").forEach(output -> pictures.addAll(pictures(output)));
        List<ComfyEvent> events = new ArrayList<>(List.of(new ComfyEvent.Made(pictures)));
        for (JsonNode message : entry.path("status").path("messages")) {
            if (List.of("execution_error", "execution_interrupted")
                    .contains(message.path(0).asText())) {
                events.add(event(message.path(0).asText(), message.path(1)));
                return events;
            }
        }
        events.add(new ComfyEvent.Finished());
        return events;
    }

    private static List<Picture> pictures(JsonNode output) {
        List<Picture> pictures = new ArrayList<>();
        for (JsonNode image : output.path("images")) {
            if (image.path("filename").isTextual()) {
                pictures.add(new Picture(
                        image.path("filename").textValue(),
                        image.path("subfolder").asText(),
                        image.path("type").asText("output")));
            }
        }
        return pictures;
    }

    private String failure(JsonNode data) {
        return "the node " + data.path("node_type").asText("?") + " failed"
                + behindColon(data.path("exception_type").asText())
                + behindColon(discreet.firstLine(data.path("exception_message").asText()));
    }

    /**
     * Why a prompt was not even taken: of each node its class and the kind of its error, but not what it was given.
     *
     * @param json the body of the refusal
     */
    static String refusal(JsonNode json) {
        var message = new StringBuilder("ComfyUI refuses the workflow"
                + behindColon(json.path("error").path("type").asText()));
        for (JsonNode node : json.path("node_errors")) {
            for (JsonNode error : node.path("errors")) {
                message.append("; ")
                        .append(node.path("class_type").asText())
                        .append(behindColon(error.path("type").asText()))
                        .append(' ')
                        .append(error.path("extra_info").path("input_name").asText());
            }
        }
        return message.toString().strip();
    }

    /** True if the prompt names a model that the server does not have any more. */
    static boolean isModelGone(JsonNode json) {
        for (JsonNode node : json.path("node_errors")) {
            for (JsonNode error : node.path("errors")) {
                if (error.path("type").asText().equals("value_not_in_list")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String behindColon(String text) {
        return text.isEmpty() ? "" : ": " + text;
    }
}
