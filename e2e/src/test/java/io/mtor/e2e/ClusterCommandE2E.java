// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.TestCluster;
import io.mtor.e2e.testing.TestRealm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** {@code mtor cluster} as programs use it: what it says, what it returns, and that it leaves nothing behind. */
class ClusterCommandE2E {

    private static final String[] ONE_DISPATCHER = {
        "--gateways", "0", "--dispatchers", "1", "--monitors", "0", "--workers", "0"
    };

    @Test
    void stopsEverythingInOrderAndReturnsZero() {
        try (var cluster =
                TestCluster.start("", "--gateways", "1", "--dispatchers", "1", "--monitors", "0", "--workers", "0")) {
            assertThat(cluster.parts()).extracting(TestCluster.Part::role).containsExactly("dispatcher", "gateway");

            assertThat(cluster.stop()).isZero();

            assertThat(cluster.parts()).noneMatch(TestCluster.Part::isAlive).allMatch(part -> part.wrote("left"));
        }
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() {
        try (var cluster = TestCluster.start("", ONE_DISPATCHER)) {
            var orphans = cluster.killLauncher();

            Await.until("the orphans to end", () -> orphans.stream().noneMatch(TestCluster.Part::isAlive));
            assertThat(orphans).hasSize(1).allMatch(part -> part.wrote("left"));
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
