// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.RepeatedTest;

class LaunchTest {

    @RepeatedTest(20)
    void shouldNotTakeAPortOfOutgoingConnections() throws Exception {
        int port = Launch.freePort();

        assertThat(port).isBetween(10_000, 32_767);
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socket.isBound()).isTrue();
        }
    }
}
