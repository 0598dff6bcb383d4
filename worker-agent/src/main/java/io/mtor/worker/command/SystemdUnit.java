// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A worker-agent as a service of systemd: a user of its own that exists only while it runs, nothing to write but its state,
 * no rights. Two things stay open that hardening would close: memory that is written and then executed, without which no
 * Java compiles, and the devices of NVIDIA's GPUs, for nvidia-smi.
 *
 * @param java the program that runs it
 * @param jar the worker-agent
 * @param config its file, which only root need be able to read; null if there is none
 * @param flags what else it is started with
 */
record SystemdUnit(Path java, Path jar, @Nullable Path config, List<String> flags) {

    static final String NAME = "mtor-worker-agent.service";

    SystemdUnit {
        flags = List.copyOf(flags);
    }

    String text() {
        return """
                # SPDX-License-Identifier: GPL-3.0-only
                [Unit]
                Description=MTOR worker-agent
                Wants=network-online.target
                After=network-online.target

                [Service]
                Type=exec
                ExecStart=%s
                # Code 0 is an agent that was told to leave.
                Restart=on-failure
                RestartSec=5
                # Running intents have five minutes to end.
                TimeoutStopSec=330
                %sDynamicUser=yes
                StateDirectory=mtor-worker-agent
                UMask=0077
                NoNewPrivileges=yes
                CapabilityBoundingSet=
                AmbientCapabilities=
                PrivateTmp=yes
                PrivateUsers=yes
                ProtectSystem=strict
                ProtectHome=yes
                ProtectProc=invisible
                ProtectClock=yes
                ProtectControlGroups=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
                RestrictNamespaces=yes
                RestrictRealtime=yes
                RestrictSUIDSGID=yes
                LockPersonality=yes
                KeyringMode=private
                RemoveIPC=yes
                SystemCallArchitectures=native
                SystemCallFilter=@system-service
                SystemCallFilter=~@privileged @resources
                SystemCallErrorNumber=EPERM
                DevicePolicy=closed
                DeviceAllow=char-nvidia* rw

                [Install]
                WantedBy=multi-user.target
                """.formatted(command(), config == null ? "" : "LoadCredential=worker.toml:" + config + "\n");
    }

    private String command() {
        List<String> words = new ArrayList<>(List.of(
                quoted(java.toString()),
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-Duser.home=%S/mtor-worker-agent",
                "-jar",
                quoted(jar.toString())));
        if (config != null) {
            words.addAll(List.of("--config", "%d/worker.toml"));
        }
        flags.forEach(flag -> words.add(quoted(flag)));
        return String.join(" ", words);
    }

    /** As one word, in which systemd replaces nothing. */
    private static String quoted(String word) {
        String plain = word.chars()
                .mapToObj(c -> switch (c) {
                    case '%' -> "%%";
                    case '$' -> "$$";
                    case '\\' -> "\\\\";
                    case '"' -> "\\\"";
                    default -> Character.toString(c);
                })
                .collect(Collectors.joining());
        return plain.matches("[A-Za-z0-9_./:=@,+-]+") ? plain : '"' + plain + '"';
    }
}
