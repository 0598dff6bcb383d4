// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.webui;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.image.Pictures;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /internal/progress} says of one task.
 *
 * @param active true while the server works on it, and on nothing else
 * @param queued true while it waits in the server
 * @param done in {@value #WHOLE}ths
 * @param preview what it looks like so far, if that is new
 * @param previewId of the newest preview; -1 if there has been none
 */
record TaskState(
        boolean active, boolean queued, int done, @Nullable Media preview, long previewId) {

    static final int WHOLE = 100;

    /** Servers that know no such task say the same. */
    private static final TaskState UNKNOWN = new TaskState(false, false, 0, null, -1);

    static TaskState of(JsonNode json) {
        if (!json.path("active").isBoolean()) {
            return UNKNOWN;
        }
        boolean active = json.path("active").booleanValue();
        int done = (int) Math.round(Math.clamp(json.path("progress").asDouble(), 0.0, 1.0) * WHOLE);
        Media preview =
                active ? Pictures.ofBase64(json.path("live_preview").asText("")).orElse(null) : null;
        return new TaskState(
                active,
                json.path("queued").asBoolean(),
                done,
                preview,
                json.path("id_live_preview").asLong(-1));
    }
}
