// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.properties.ClusterProperty;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a Vert.x: alone, or as a member of the cluster. */
public final class ClusterStart {

    private static final Logger LOGGER = LoggerFactory.getLogger(ClusterStart.class);

    /** Longer than every wait inside; only a bug reaches it. */
    private static final long LIMIT_SECONDS = 60;

    static {
        // Hazelcast speaks before it has read its configuration.
        System.setProperty(ClusterProperty.LOGGING_TYPE.getName(), "slf4j");
    }

    private ClusterStart() {}

    /**
     * Starts, and blocks until it is joined: for a main thread, never for an event loop.
     *
     * @throws StartException if that is impossible
     */
    public static Node start(ClusterConfig cluster) {
        if (!cluster.enabled()) {
            return Node.alone();
        }
        long began = System.nanoTime();
        InetAddress bind = BindAddress.of(cluster);
        BindAddress.requireFree("cluster.hazelcast_port", bind, cluster.hazelcastPort());
        BindAddress.requireFree("cluster.bus_port", bind, cluster.busPort());
        if (cluster.tls() == null && !bind.isLoopbackAddress()) {
            LOGGER.atWarn().addKeyValue("host", bind.getHostAddress()).log("bus without TLS beyond this machine");
        }
        if (cluster.needsPeers()) {
            Peers.await(cluster, bind);
        }
        Node node = join(cluster, bind);
        LOGGER.atInfo()
                .addKeyValue("cluster", cluster.name())
                .addKeyValue("node", node.membership().nodeId())
                .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .log("cluster joined");
        return node;
    }

    private static Node join(ClusterConfig cluster, InetAddress bind) {
        var manager = new RenewingCluster(HazelcastSettings.of(cluster, bind));
        var options = new VertxOptions().setEventBusOptions(BusSettings.of(cluster, bind));
        Vertx vertx = await(options, manager);
        HazelcastInstance hazelcast = manager.getHazelcastInstance();
        if (cluster.needsPeers() && hazelcast.getCluster().getMembers().size() == 1) {
            vertx.close();
            throw new StartException("no cluster peer: " + Peers.asked(cluster)
                    + " answered, but is no member of a cluster named " + cluster.name() + ".");
        }
        return new Node(vertx, new HazelcastMembership(hazelcast.getCluster()));
    }

    private static Vertx await(VertxOptions options, RenewingCluster manager) {
        try {
            return Vertx.builder()
                    .with(options)
                    .withClusterManager(manager)
                    .buildClustered()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new StartException("the cluster could not be joined: " + cause.getMessage() + ".", cause);
        } catch (TimeoutException e) {
            throw new StartException("the cluster could not be joined within " + LIMIT_SECONDS + " s.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while joining the cluster.", e);
        }
    }
}
