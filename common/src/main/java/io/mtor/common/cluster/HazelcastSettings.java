// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import java.net.InetAddress;

/**
 * Hazelcast as MTOR uses it: membership and the bus's address table, nothing else.
 *
 * <p>What is not needed is off, because whatever listens is a way in: one member port without clients, REST or
 * memcache; no multicast, no guessing of the environment, no phoning home, no Jet. Java serialization, which member
 * traffic may contain, accepts only the classes that vertx-hazelcast sends.
 *
 * <p>A silent partition is noticed after ten seconds rather than a minute, and healed after some rather than three
 * minutes; a process that died is noticed by its closed connection.
 */
final class HazelcastSettings {

    private static final int PARTITIONS = 31;

    private static final String FORGET_SECONDS = "60";

    private HazelcastSettings() {}

    static Config of(ClusterConfig cluster, InetAddress bind) {
        var config = new Config();
        config.setClusterName(cluster.name());
        config.setLiteMember(cluster.liteMember());
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getSerializationConfig().setJavaSerializationFilterConfig(serializationFilter());
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setValueCollectionType(ValueCollectionType.SET));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo"));
        config.setAdvancedNetworkConfig(network(cluster, bind));
        properties(config);
        if (cluster.kubernetesService() != null) {
            // A pod that is gone never comes back under its address, and the service names those that are there; but
            // each
            // remembered address of the dead holds up the search for the other half of a cluster that was parted by 5
            // s.
            set(config, ClusterProperty.TCP_PREVIOUSLY_JOINED_MEMBER_ADDRESS_RETENTION_DURATION, FORGET_SECONDS);
        }
        return config;
    }

    private static AdvancedNetworkConfig network(ClusterConfig cluster, InetAddress bind) {
        var endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(cluster.hazelcastPort()).setPortAutoIncrement(false);
        endpoint.setSocketConnectTimeoutSeconds(2);
        var network = new AdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint);
        network.getMemberAddressProviderConfig().setEnabled(true).setImplementation(MemberAddress.of(cluster, bind));
        return network.setJoin(join(cluster));
    }

    private static JoinConfig join(ClusterConfig cluster) {
        var join = new JoinConfig();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        if (cluster.kubernetesService() != null) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", cluster.kubernetesService())
                    .setProperty("service-port", Integer.toString(cluster.hazelcastPort()));
        } else {
            join.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(3);
            cluster.members().forEach(member -> join.getTcpIpConfig().addMember(Peers.withPort(cluster, member)));
        }
        return join;
    }

    /** What member traffic may deserialize; exceptions are part of it, and one that is refused hangs its caller. */
    private static JavaSerializationFilterConfig serializationFilter() {
        var allowed = new ClassFilter()
                .addPrefixes("com.hazelcast.", "io.vertx.spi.cluster.hazelcast.", "java.lang.", "java.util.")
                .addClasses("[B", "[Ljava.lang.StackTraceElement;", "java.io.IOException", "java.io.EOFException");
        return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(allowed);
    }

    private static void properties(Config config) {
        set(config, ClusterProperty.LOGGING_TYPE, "slf4j");
        set(config, ClusterProperty.PHONE_HOME_ENABLED, "false");
        set(config, ClusterProperty.SHUTDOWNHOOK_ENABLED, "false");
        set(config, ClusterProperty.SOCKET_BIND_ANY, "false");
        // Joining and leaving: nobody waits for anybody.
        set(config, ClusterProperty.WAIT_SECONDS_BEFORE_JOIN, "0");
        set(config, ClusterProperty.TCP_JOIN_PORT_TRY_COUNT, "1");
        set(config, ClusterProperty.CONNECT_ALL_WAIT_SECONDS, "0");
        set(config, ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT, "5");
        // Noticing: a connection that was closed, and is refused 20 ms later, is gone; silence counts after 10 s.
        set(config, ClusterProperty.CONNECTION_MONITOR_INTERVAL, "20");
        set(config, ClusterProperty.CONNECTION_MONITOR_MAX_FAULTS, "1");
        set(config, ClusterProperty.HEARTBEAT_INTERVAL_SECONDS, "1");
        set(config, ClusterProperty.MAX_NO_HEARTBEAT_SECONDS, "10");
        // Whoever takes over from a lost master asks the others for their view, and would wait for the silent for
        // minutes.
        set(config, ClusterProperty.MASTERSHIP_CLAIM_TIMEOUT_SECONDS, "5");
        set(config, ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS, "3");
        set(config, ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS, "3");
        // A table of some dozen addresses needs neither 271 partitions nor a thread for each core and purpose.
        set(config, ClusterProperty.PARTITION_COUNT, Integer.toString(PARTITIONS));
        set(config, ClusterProperty.IO_THREAD_COUNT, "1");
        set(config, ClusterProperty.EVENT_THREAD_COUNT, "1");
        set(config, ClusterProperty.PARTITION_OPERATION_THREAD_COUNT, "2");
        set(config, ClusterProperty.GENERIC_OPERATION_THREAD_COUNT, "2");
        set(config, ClusterProperty.RESPONSE_THREAD_COUNT, "1");
        set(config, ClusterProperty.SLOW_OPERATION_DETECTOR_ENABLED, "false");
        set(config, ClusterProperty.HEALTH_MONITORING_LEVEL, "OFF");
    }

    private static void set(Config config, HazelcastProperty property, String value) {
        config.setProperty(property.getName(), value);
    }
}
