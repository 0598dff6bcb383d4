// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import io.mtor.worker.model.command.Programs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of a machine.
 *
 * @param gpus may be none
 * @param onBattery whether it runs on its battery
 * @param idle how long nobody has typed, at this time
 */
public record Machine(List<GpuSource> gpus, Supplier<Boolean> onBattery, Function<Instant, @Nullable Duration> idle)
        implements AutoCloseable {

    public Machine {
        gpus = List.copyOf(gpus);
    }

    /**
     * This machine.
     *
     * @param searchPath where nvidia-smi may be
     * @param modelServers how the names of programs begin that are model servers
     */
    public static Machine thisHost(String searchPath, List<String> modelServers) {
        List<GpuSource> gpus = new ArrayList<>();
        Programs.find("nvidia-smi", searchPath).ifPresent(smi -> gpus.add(new NvidiaSmi(smi, modelServers)));
        gpus.add(AmdSysfs.ofThisHost());
        return new Machine(gpus, Battery.ofThisHost()::isInUse, Terminals.ofThisHost()::idle);
    }

    /** May block for some milliseconds. */
    public Senses sense(Instant now) {
        return new Senses(
                gpus.stream().flatMap(source -> source.sample().stream()).toList(), onBattery.get(), idle.apply(now));
    }

    @Override
    public void close() {
        gpus.forEach(GpuSource::close);
    }
}
