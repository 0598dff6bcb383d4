// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo.paint;

/** The light of a scene. */
enum Hour {
    NEON,
    SUNSET,
    NIGHT,
    DAY,
    DAWN;

    boolean hasStars() {
        return this == NEON || this == NIGHT;
    }
}
