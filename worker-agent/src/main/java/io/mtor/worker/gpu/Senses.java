// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the machine at one moment.
 *
 * @param gpus those that tell about themselves
 * @param onBattery false where there is none
 * @param idle how long nobody has touched it; null if that is not known
 */
public record Senses(
        List<GpuSample> gpus, boolean onBattery, @Nullable Duration idle) {

    /** A machine that tells nothing. */
    public static final Senses NONE = new Senses(List.of(), false, null);

    public Senses {
        gpus = List.copyOf(gpus);
    }
}
