// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindAddressTest {

    record Alone(ClusterConfig cluster) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.255.254",
                "::1",
                "fc00::1",
                "fdff::1"
            })
    void shouldBindWhereOnlyOurOwnAre(String host) throws UnknownHostException {
        assertThat(BindAddress.isPrivate(InetAddress.getByName(host))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "8.8.8.8",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "11.0.0.1",
                "2001:db8::1",
                "fe80::1",
                "fb00::1",
                "169.254.1.1"
            })
    void shouldNotBindWhereStrangersAre(String host) throws UnknownHostException {
        assertThat(BindAddress.isPrivate(InetAddress.getByName(host))).isFalse();
        assertThatThrownBy(() -> BindAddress.of(config("--cluster.bind_host=" + host, "--cluster.bus_port=1")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(host);
    }

    @Test
    void shouldBindToAPublicAddressOnlyIfToldSoTwice() {
        assertThat(BindAddress.of(config("--cluster.bind_host=8.8.8.8", "--cluster.i_know", "--cluster.bus_port=1"))
                        .getHostAddress())
                .isEqualTo("8.8.8.8");
    }

    @Test
    void shouldWantAFixedBusPortBeyondLoopback() {
        assertThatThrownBy(() -> BindAddress.of(config("--cluster.bind_host=10.0.0.1")))
                .hasMessageContaining("cluster.bus_port must be fixed");
        assertThat(BindAddress.of(config("--cluster.bind_host=10.0.0.1", "--cluster.bus_port=5702")))
                .isNotNull();
    }

    @Test
    void shouldRefuseANameNobodyKnows() {
        assertThatThrownBy(() -> BindAddress.of(config("--cluster.bind_host=no.such.host.invalid")))
                .hasMessage("cluster.bind_host no.such.host.invalid is unknown.");
    }

    private static ClusterConfig config(String... args) {
        return ConfigLoader.load(Alone.class, Aliases.none(), List.of(args), Map.of())
                .config()
                .cluster();
    }
}
