// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code mtor cluster} as programs use it: what it says, what it returns, and that it leaves nothing behind. */
class ClusterCommandE2E {

    /** One process, as the command tells of it. */
    private record Started(String role, long pid, Path log) {

        boolean isAlive() {
            return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }

        boolean hasLeft() {
            try {
                return Files.readString(log).contains("left");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Program cluster(String... flags) {
        List<String> arguments = new ArrayList<>(List.of("cluster", "--json", "--port", "0"));
        arguments.addAll(List.of("--monitors", "0", "--workers", "0", "--dispatchers", "1"));
        arguments.addAll(List.of(flags));
        return Program.mtor(arguments.toArray(String[]::new)).awaitOut("\"ready\"");
    }

    private static List<Started> started(Program cluster) throws IOException {
        List<Started> started = new ArrayList<>();
        for (String line : cluster.out().lines().toList()) {
            JsonNode told = ProtocolJson.MAPPER.readTree(line);
            if (told.has("log")) {
                started.add(new Started(
                        told.get("role").asText(),
                        told.get("pid").asLong(),
                        Path.of(told.get("log").asText())));
            }
        }
        return started;
    }

    @Test
    void stopsEverythingInOrderAndReturnsZero() throws IOException {
        try (var cluster = cluster("--gateways", "1")) {
            List<Started> started = started(cluster);
            assertThat(started).extracting(Started::role).containsExactly("dispatcher", "gateway");

            assertThat(cluster.terminate().end().code()).isZero();

            assertThat(started).noneMatch(Started::isAlive).allMatch(Started::hasLeft);
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws IOException {
        try (var cluster = cluster("--gateways", "0")) {
            List<Started> orphans = started(cluster);

            cluster.kill();

            Await.until("the orphans to end", () -> orphans.stream().noneMatch(Started::isAlive));
            assertThat(orphans).hasSize(1).allMatch(Started::hasLeft);
        }
    }

    @Test
    void saysWhichPortIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var cluster = Command.mtor("cluster", "--gateways", "1", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(cluster.exitCode()).isEqualTo(1);
            assertThat(cluster.errors())
                    .isEqualTo("mtor cluster cannot start: port " + taken.getLocalPort()
                            + " is in use; choose another with --port.\n");
        }
    }

    @Test
    void saysWhereItsConfigurationIsWrong() {
        var file = TestRealm.write("[gateway]\nprot = 1\n");

        var cluster = Command.mtor("cluster", "--config", file.toString());

        assertThat(cluster.exitCode()).isEqualTo(1);
        assertThat(cluster.errors())
                .contains("gateway.prot")
                .contains(file + ":2")
                .contains("gateway.port");
    }

    @Test
    void aWorkerAgentWhosePeersDoNotAnswerSaysSoAndEnds() {
        var agent = Command.java(
                "io.mtor.worker.WorkerAgentMain",
                "--cluster.enabled",
                "true",
                "--cluster.members",
                "127.0.0.1:1",
                "--cluster.peer-limit",
                "300ms");

        assertThat(agent.exitCode()).isEqualTo(1);
        assertThat(agent.errors())
                .isEqualTo(
                        "mtor-worker-agent cannot start: no cluster peer: 127.0.0.1:1 did not answer within 300 ms.\n");
    }
}
