// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Intent;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Messages;
import org.jspecify.annotations.Nullable;

/**
 * What an imagine intent asks for. Null is what it leaves open.
 *
 * @param negativePrompt what shall not be in the picture
 * @param seed 0 to {@value #MAX_SEED}
 * @param steps 1 to {@value #MAX_STEPS}
 * @param width {@value #MIN_SIDE} to {@value #MAX_SIDE} pixels, by steps of {@value #SIDE_STEP}
 * @param height the same
 */
public record ImageWish(
        String prompt,
        @Nullable String negativePrompt,
        @Nullable Long seed,
        @Nullable Long steps,
        @Nullable Long width,
        @Nullable Long height) {

    /** The greatest seed that all servers of pictures take. */
    public static final long MAX_SEED = 0xffff_ffffL;

    private static final int MAX_STEPS = 100;

    private static final int MIN_SIDE = 64;

    private static final int MAX_SIDE = 2_048;

    private static final int SIDE_STEP = 8;

    /**
     * What this intent asks for.
     *
     * @throws BadInputException naming what is missing, or the parameter and what it may be
     */
    public static ImageWish of(Intent intent) throws BadInputException {
        if (intent.text().isBlank()) {
            throw new BadInputException("imagine needs a text");
        }
        if (!intent.media().isEmpty()) {
            throw new BadInputException("imagine takes words and no media");
        }
        JsonNode settings = Messages.settings(intent.parameters());
        return new ImageWish(
                intent.text(),
                text(settings, "negative_prompt"),
                whole(settings, "seed", 0, MAX_SEED),
                whole(settings, "steps", 1, MAX_STEPS),
                side(settings, "width"),
                side(settings, "height"));
    }

    private static @Nullable String text(JsonNode settings, String name) throws BadInputException {
        JsonNode value = settings.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new BadInputException("the parameter " + name + " must be a text");
        }
        return value.textValue();
    }

    private static @Nullable Long whole(JsonNode settings, String name, long from, long to) throws BadInputException {
        JsonNode value = settings.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        boolean whole = value.isIntegralNumber() && value.canConvertToLong();
        if (!whole || value.longValue() < from || value.longValue() > to) {
            throw new BadInputException("the parameter " + name + " must be a whole number from " + from + " to " + to);
        }
        return value.longValue();
    }

    private static @Nullable Long side(JsonNode settings, String name) throws BadInputException {
        Long side = whole(settings, name, MIN_SIDE, MAX_SIDE);
        if (side != null && side % SIDE_STEP != 0) {
            throw new BadInputException("the parameter " + name + " must be a multiple of " + SIDE_STEP);
        }
        return side;
    }
}
