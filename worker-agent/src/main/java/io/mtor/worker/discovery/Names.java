// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import java.util.Map;
import java.util.Optional;

/**
 * How a model server calls what is announced of it.
 *
 * @param models from the announced name of a model to the server's own, where they differ
 * @param voices from the announced name of a model to the voice that it speaks with if none is asked for
 */
public record Names(Map<String, String> models, Map<String, String> voices) {

    /** Everything is announced under the name it has. */
    public static final Names SAME = new Names(Map.of(), Map.of());

    public Names {
        models = Map.copyOf(models);
        voices = Map.copyOf(voices);
    }

    /** The server's own name of a model. */
    public String model(String announced) {
        return models.getOrDefault(announced, announced);
    }

    /** The voice of a model for an intent that names none; empty where the server needs none, or tells none. */
    public Optional<String> voice(String announced) {
        return Optional.ofNullable(voices.get(announced));
    }
}
