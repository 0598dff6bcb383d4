// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.owner;

import io.mtor.common.config.Key;
import io.mtor.common.config.Size;
import io.mtor.common.protocol.QueryType;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the owner of a host allows. */
public record OwnerLimits(
        @Key(
                doc = "When work is taken, by the clock of this host, such as 22:00-07:00 or mon-fri 18:00-23:00;"
                        + " without any, always")
        List<Hours> hours,

        @Key(doc = "A GPU that reaches this many °C pauses the host", byDefault = "83", atLeast = "30", atMost = "120")
        int maxGpuTemp,

        @Key(doc = "It goes on when every such GPU is at this many °C or below", byDefault = "75", atLeast = "20")
        int resumeAt,

        @Key(doc = "Whether work is taken while this machine runs on its battery", byDefault = "false")
        boolean onBattery,

        @Key(
                doc =
                        "A GPU that is busier than this while nothing of ours runs is used by others, and pauses the host;"
                                + " in percent, 100 never does",
                byDefault = "30",
                atLeast = "1",
                atMost = "100")
        int othersUse,

        @Key(
                doc =
                        "Memory of a GPU that other programs may hold before the host pauses, such as 1GiB; NVIDIA on Linux"
                                + " only; without it, any")
        @Nullable
        Size othersVram,

        @Key(
                doc = "Programs that are model servers, and so not others",
                byDefault = {"ollama", "llama-server", "whisper-server", "python", "vllm", "sglang", "lm-studio"})
        List<String> modelServers,

        @Key(
                doc = "How long nobody may have touched this machine before work is taken, such as 5m; at a terminal"
                        + " (Linux) or a desktop (systemd-logind)")
        @Nullable
        Duration idle,

        @Key(doc = "Memory of a GPU that may be in use at all before the host pauses, such as 20GiB") @Nullable
        Size vramBudget,

        @Key(doc = "Intents taken from one midnight to the next", atLeast = "1") @Nullable
        Integer maxJobsPerDay,

        @Key(doc = "Query types that are offered; without any, all that can be")
        List<QueryType> queryTypes,

        @Key(
                doc = "How long running intents may go on when the host pauses; then they are handed over",
                byDefault = "5s")
        Duration finish,

        @Key(
                doc =
                        "How long what paused the host must be gone before work is taken again; hours, temperature and the"
                                + " owner's own word count at once",
                byDefault = "30s")
        Duration calm,

        @Key(
                doc = "Whether model servers are asked to give memory of the GPU back when the host pauses",
                byDefault = "true")
        boolean unload) {

    /** @throws IllegalArgumentException if the two temperatures are in the wrong order */
    public OwnerLimits {
        hours = List.copyOf(hours);
        modelServers = List.copyOf(modelServers);
        queryTypes = List.copyOf(queryTypes);
        if (resumeAt >= maxGpuTemp) {
            throw new IllegalArgumentException("resume_at (" + resumeAt + ") must be below max_gpu_temp (" + maxGpuTemp
                    + "), or the host would flap");
        }
    }

    /** Whether this query type may be offered. */
    public boolean allows(QueryType type) {
        return queryTypes.isEmpty() || queryTypes.contains(type);
    }
}
