// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.comfy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What ComfyUI works on and what waits there, as {@code /queue} tells it.
 *
 * @param running its ids
 * @param waiting the ids of what waits
 * @param clients who has sent them; empty for one that does not say
 */
public record ComfyQueue(List<String> running, List<String> waiting, List<String> clients) {

    /** What every worker-agent calls itself begins with this. */
    public static final String OURS = "mtor-";

    public static ComfyQueue of(JsonNode json) {
        List<String> clients = new ArrayList<>();
        return new ComfyQueue(
                ids(json.path("queue_running"), clients), ids(json.path("queue_pending"), clients), clients);
    }

    private static List<String> ids(JsonNode entries, List<String> clients) {
        List<String> ids = new ArrayList<>();
        for (JsonNode entry : entries) {
            ids.add(entry.path(1).asText());
            clients.add(entry.path(3).path("client_id").asText());
        }
        return ids;
    }

    public boolean has(String promptId) {
        return running.contains(promptId) || waiting.contains(promptId);
    }

    /** True if something is there that was sent by somebody whose name begins differently. */
    public boolean isTakenBesides(String name) {
        return clients.stream().anyMatch(client -> !client.startsWith(name));
    }
}
