// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClusterIT {

    record Alone(ClusterConfig cluster) {}

    @Test
    void shouldNoticeWhoJoinsDiesAndLeaves() throws Exception {
        int port = Jvm.freePort();
        Node node = ClusterStart.start(config("--cluster.hazelcast_port=" + port));
        try (Jvm first = member(port);
                Jvm second = member(port, "--cluster.lite_member")) {
            // Given
            BlockingQueue<String> left = new LinkedBlockingQueue<>();
            node.membership().onNodeLeft(node.vertx().getOrCreateContext(), left::add);
            String firstId = first.said("node ");
            String secondId = second.said("node ");
            assertThat(echo(node)).isIn(firstId, secondId);

            // When one is killed, then it is everywhere known under the id it knew itself by
            first.kill();
            assertThat(left.poll(60, TimeUnit.SECONDS)).isEqualTo(firstId);
            assertThat(second.said("gone ")).isEqualTo(firstId);

            // When another takes its place, then it is a new one
            try (Jvm third = member(port)) {
                assertThat(third.said("node ")).isNotIn(firstId, secondId);

                // When one is told to stop, then it leaves in peace
                second.terminate();
                assertThat(left.poll(60, TimeUnit.SECONDS)).isEqualTo(secondId);
                assertThat(second.exitCode()).isZero();
                assertThat(second.lines()).contains("stopping");
            }
        } finally {
            await(node.leave());
        }
    }

    @Test
    void shouldTellANewListenerNothingAfterItsRemoval() throws Exception {
        int port = Jvm.freePort();
        Node node = ClusterStart.start(config("--cluster.hazelcast_port=" + port));
        try (Jvm other = member(port)) {
            BlockingQueue<String> removed = new LinkedBlockingQueue<>();
            BlockingQueue<String> kept = new LinkedBlockingQueue<>();
            var context = node.vertx().getOrCreateContext();
            var registration = node.membership().onNodeLeft(context, removed::add);
            node.membership().onNodeLeft(context, kept::add);
            other.said("node ");

            registration.remove();
            other.kill();

            assertThat(kept.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(removed).isEmpty();
        } finally {
            await(node.leave());
        }
    }

    @Test
    void shouldFindItsPeersByAName() throws Exception {
        int port = Jvm.freePort();
        Node node = ClusterStart.start(config("--cluster.hazelcast_port=" + port, "--cluster.bind_host=127.0.0.1"));
        try (Jvm other = Jvm.start(
                "--cluster",
                "--cluster.bind_host=127.0.0.2",
                "--cluster.hazelcast_port=" + port,
                "--cluster.require_peers",
                "--cluster.kubernetes_service=localhost")) {
            other.said("node ");
            assertThat(await(node.vertx().eventBus().request("echo", "")).body())
                    .isNotNull();
        } finally {
            await(node.leave());
        }
    }

    @Test
    void shouldNameTheHostAndPortThatIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ClusterStart.start(config("--cluster.hazelcast_port=" + taken.getLocalPort())))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + " (cluster.hazelcast_port): Address already in use");
            int free = Jvm.freePort();
            assertThatThrownBy(() -> ClusterStart.start(
                            config("--cluster.hazelcast_port=" + free, "--cluster.bus_port=" + taken.getLocalPort())))
                    .hasMessageContaining("(cluster.bus_port)");
        }
    }

    @Test
    void shouldNameThePeersThatDidNotAnswer() throws IOException {
        int free = Jvm.freePort();
        int nobody = Jvm.freePort();
        assertThatThrownBy(() -> ClusterStart.start(config(
                        "--cluster.hazelcast_port=" + free,
                        "--cluster.members=127.0.0.1:" + nobody,
                        "--cluster.lite_member",
                        "--cluster.peer_limit=300ms")))
                .isInstanceOf(StartException.class)
                .hasMessage("no cluster peer: 127.0.0.1:" + nobody + " did not answer within 300 ms.");
        assertThatThrownBy(() -> ClusterStart.start(config(
                        "--cluster.hazelcast_port=" + free, "--cluster.require_peers", "--cluster.peer_limit=100ms")))
                .hasMessageContaining("cluster.members is empty");
    }

    @Test
    void shouldNotTakeAStrangerForAPeer() throws Exception {
        int port = Jvm.freePort();
        Node stranger = ClusterStart.start(config("--cluster.hazelcast_port=" + port, "--cluster.name=other"));
        try {
            assertThatThrownBy(() -> ClusterStart.start(config(
                            "--cluster.hazelcast_port=" + Jvm.freePort(),
                            "--cluster.members=127.0.0.1:" + port,
                            "--cluster.require_peers")))
                    .isInstanceOf(StartException.class)
                    .hasMessageEndingWith("answered, but is no member of a cluster named mtor.");
        } finally {
            await(stranger.leave());
        }
    }

    private static String echo(Node node) throws Exception {
        return await(node.vertx().eventBus().<String>request("echo", "")).body();
    }

    private static Jvm member(int port, String... more) throws IOException {
        var args = new ArrayList<>(List.of(
                "--cluster", "--cluster.hazelcast_port=" + Jvm.freePort(), "--cluster.members=127.0.0.1:" + port));
        args.addAll(List.of(more));
        return Jvm.start(args.toArray(String[]::new));
    }

    static ClusterConfig config(String... args) {
        var all = new ArrayList<>(List.of("--cluster.enabled"));
        all.addAll(List.of(args));
        return ConfigLoader.load(Alone.class, Aliases.none(), all, Map.of())
                .config()
                .cluster();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
