// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import org.jspecify.annotations.Nullable;

/**
 * What a GPU tells of itself at one moment; null for what it does not tell.
 *
 * @param id the same at every look, such as {@code 0} or {@code card1}
 * @param name for people
 * @param totalBytes its memory
 * @param usedBytes what of it is in use, by whomever
 * @param othersBytes what of it is held by programs that are no model servers
 * @param usePercent how busy it is, 0 to 100
 * @param celsius its temperature
 * @param watts what it draws
 */
public record GpuSample(
        String id,
        String name,
        @Nullable Long totalBytes,
        @Nullable Long usedBytes,
        @Nullable Long othersBytes,
        @Nullable Integer usePercent,
        @Nullable Integer celsius,
        @Nullable Double watts) {

    /** Such as {@code GPU 0 (NVIDIA GeForce RTX 3090)}. */
    public String title() {
        return name.isEmpty() ? "GPU " + id : "GPU " + id + " (" + name + ")";
    }
}
