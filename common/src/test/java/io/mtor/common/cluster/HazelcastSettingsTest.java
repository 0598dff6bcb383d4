// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperty;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How soon Hazelcast notices, and how soon it heals. */
class HazelcastSettingsTest {

    record Alone(ClusterConfig cluster) {}

    private static String value(HazelcastProperty property, String... flags) {
        ClusterConfig cluster = ConfigLoader.load(Alone.class, Aliases.none(), List.of(flags), Map.of())
                .config()
                .cluster();
        Config config = HazelcastSettings.of(cluster, InetAddress.getLoopbackAddress());
        return config.getProperty(property.getName());
    }

    @Test
    void shouldNoticeSilenceInTenSecondsAndLookForTheOthersEveryThree() {
        assertThat(value(ClusterProperty.HEARTBEAT_INTERVAL_SECONDS)).isEqualTo("1");
        assertThat(value(ClusterProperty.MAX_NO_HEARTBEAT_SECONDS)).isEqualTo("10");
        assertThat(value(ClusterProperty.MASTERSHIP_CLAIM_TIMEOUT_SECONDS)).isEqualTo("5");
        assertThat(value(ClusterProperty.MERGE_FIRST_RUN_DELAY_SECONDS)).isEqualTo("3");
        assertThat(value(ClusterProperty.MERGE_NEXT_RUN_DELAY_SECONDS)).isEqualTo("3");
    }

    @Test
    void shouldForgetTheAddressesOfPodsThatAreGone() {
        HazelcastProperty memory = ClusterProperty.TCP_PREVIOUSLY_JOINED_MEMBER_ADDRESS_RETENTION_DURATION;

        assertThat(value(memory, "--cluster.kubernetes-service", "mtor-members"))
                .isEqualTo("60");
        assertThat(value(memory, "--cluster.members", "10.0.0.1,10.0.0.2")).isNull();
    }
}
