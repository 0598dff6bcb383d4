// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is usual for a checkpoint. Nothing but its name tells its family.
 *
 * @param side in pixels, of the pictures that it was trained with
 */
public record Checkpoint(int side, int steps) {

    private static final Pattern LARGE = Pattern.compile(".*(xl|pony|illustrious).*");

    public static final Checkpoint SD15 = new Checkpoint(512, 20);

    public static final Checkpoint SDXL = new Checkpoint(1_024, 25);

    /** By its name, as it is announced or as the server has it. */
    public static Checkpoint of(String name) {
        return LARGE.matcher(name.toLowerCase(Locale.ROOT)).matches() ? SDXL : SD15;
    }
}
