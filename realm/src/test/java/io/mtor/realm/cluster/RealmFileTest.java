// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.gateway.GatewayMain;
import io.mtor.health.HealthMonitorConfig;
import io.mtor.worker.WorkerAgentMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealmFileTest {

    private static final String REALM = """
            [gateway]
            drain = "3s"
            [gateway.session]
            max_attempts = 5
            [health]
            ping_interval = "500ms"
            [[agent.simulated]]
            query_type = "chat"
            models = ["a", "b"]
            [[agent.simulated]]
            query_type = "imagine"
            """;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveEachProcessItsPart() throws IOException {
        Path file = Files.writeString(directory.resolve("realm.toml"), REALM);

        Map<Role, Path> parts = RealmFile.part(file, directory);

        assertThat(parts).containsOnlyKeys(Role.GATEWAY, Role.MONITOR, Role.WORKER);
        var gateway = load(GatewayMain.Config.class, parts.get(Role.GATEWAY)).gateway();
        assertThat(gateway.drain()).hasSeconds(3);
        assertThat(gateway.session().maxAttempts()).isEqualTo(5);
        var agent = load(WorkerAgentMain.Config.class, parts.get(Role.WORKER)).agent();
        assertThat(agent.simulated()).hasSize(2);
        assertThat(agent.simulated().get(0).models()).containsExactly("a", "b");
        assertThat(load(HealthMonitorConfig.class, parts.get(Role.MONITOR))
                        .detector()
                        .pingInterval())
                .hasMillis(500);
    }

    private static <C extends Record> C load(Class<C> type, @Nullable Path part) {
        return ConfigLoader.load(type, Aliases.none(), List.of("--config", String.valueOf(part)), Map.of())
                .config();
    }
}
