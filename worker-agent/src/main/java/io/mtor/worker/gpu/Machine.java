// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import io.mtor.worker.model.command.Programs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be asked of a machine.
 *
 * @param gpus may be none
 * @param onBattery whether it runs on its battery
 * @param presences who tells whether anybody sits at it; may be none
 */
public record Machine(List<GpuSource> gpus, Supplier<Boolean> onBattery, List<Presence> presences)
        implements AutoCloseable {

    public Machine {
        gpus = List.copyOf(gpus);
        presences = List.copyOf(presences);
    }

    /**
     * This machine.
     *
     * @param searchPath where nvidia-smi and loginctl may be
     * @param modelServers how the names of programs begin that are model servers
     * @param desktops whether to ask for them, which takes a program every few seconds
     */
    public static Machine thisHost(String searchPath, List<String> modelServers, boolean desktops) {
        List<GpuSource> gpus = new ArrayList<>();
        Programs.find("nvidia-smi", searchPath).ifPresent(smi -> gpus.add(new NvidiaSmi(smi, modelServers)));
        gpus.add(AmdSysfs.ofThisHost());
        List<Presence> presences = new ArrayList<>();
        presences.add(Terminals.ofThisHost());
        if (desktops) {
            Programs.find("loginctl", searchPath).ifPresent(loginctl -> presences.add(new Desktops(loginctl)));
        }
        return new Machine(gpus, Battery.ofThisHost()::isInUse, presences);
    }

    /** May block for some milliseconds. */
    public Senses sense(Instant now) {
        return new Senses(
                gpus.stream().flatMap(source -> source.sample().stream()).toList(), onBattery.get(), idle(now));
    }

    /** Whoever was touched last counts. */
    private @Nullable Duration idle(Instant now) {
        return presences.stream()
                .flatMap(each -> Stream.ofNullable(each.idle(now)))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    public void close() {
        gpus.forEach(GpuSource::close);
        presences.forEach(Presence::close);
    }
}
