// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * AMD's GPUs by the files of Linux' driver {@code amdgpu}.
 *
 * @param root {@code /sys/class/drm}
 */
public record AmdSysfs(Path root) implements GpuSource {

    private static final String AMD = "0x1002";

    private static final double MICRO = 1e-6;

    private static final int MILLI = 1_000;

    /** Those of this machine. */
    public static AmdSysfs ofThisHost() {
        return new AmdSysfs(Path.of("/sys/class/drm"));
    }

    @Override
    public List<GpuSample> sample() {
        return SmallFiles.in(root, "card\\d+").stream()
                .filter(card -> SmallFiles.text(card.resolve("device/vendor")).equals(AMD))
                .map(AmdSysfs::sample)
                .toList();
    }

    private static GpuSample sample(Path card) {
        Path device = card.resolve("device");
        List<Path> sensors = SmallFiles.in(device.resolve("hwmon"), "hwmon\\d+");
        Long milliCelsius = first(sensors, "temp1_input");
        Long microWatts = first(sensors, "power1_average", "power1_input");
        Long use = SmallFiles.number(device.resolve("gpu_busy_percent"));
        return new GpuSample(
                String.valueOf(card.getFileName()),
                SmallFiles.text(device.resolve("product_name")),
                SmallFiles.number(device.resolve("mem_info_vram_total")),
                SmallFiles.number(device.resolve("mem_info_vram_used")),
                null,
                use == null ? null : use.intValue(),
                milliCelsius == null ? null : (int) (milliCelsius / MILLI),
                microWatts == null ? null : microWatts * MICRO);
    }

    private static @Nullable Long first(List<Path> sensors, String... names) {
        return sensors.stream()
                .flatMap(sensor -> Stream.of(names).map(sensor::resolve))
                .flatMap(file -> Stream.ofNullable(SmallFiles.number(file)))
                .findFirst()
                .orElse(null);
    }
}
