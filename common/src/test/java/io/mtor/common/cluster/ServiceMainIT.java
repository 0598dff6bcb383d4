// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServiceMainIT {

    @Test
    void shouldDrainAndExitWithZeroWhenTold() throws Exception {
        try (Jvm service = Jvm.start()) {
            assertThat(service.said("node ")).isEqualTo("local");
            service.wait(line -> line.contains("started"));
            service.terminate();
            assertThat(service.exitCode()).isZero();
            assertThat(service.lines())
                    .contains("stopping")
                    .anyMatch(line -> line.contains("draining"))
                    .anyMatch(line -> line.contains("left"));
        }
    }

    @Test
    void shouldNotWaitForAHangingVerticleBeyondTheLimit() throws Exception {
        try (Jvm service = Jvm.start("--echo.hang", "--echo.drain=100ms")) {
            service.wait(line -> line.contains("started"));
            service.terminate();
            assertThat(service.exitCode()).isZero();
            assertThat(service.lines()).anyMatch(line -> line.contains("drain limit reached"));
        }
    }

    @Test
    void shouldSayInOneSentenceWhichPortIsInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Jvm service = Jvm.start("--echo.port", Integer.toString(taken.getLocalPort()))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.lines())
                    .containsExactly("mtor-echo cannot start: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use.");
        }
    }

    @Test
    void shouldExplainItselfAndItsErrors() throws Exception {
        try (Jvm help = Jvm.start("--help");
                Jvm wrong = Jvm.start("--echo.prt=1", "--cluster.members=a:b:c", "--cluster.bind_host")) {
            assertThat(help.exitCode()).isZero();
            assertThat(wrong.exitCode()).isEqualTo(1);
            assertThat(help.lines()).anyMatch(line -> line.contains("--cluster.enabled, --cluster"));
            assertThat(wrong.lines())
                    .anyMatch(line -> line.contains("did you mean --echo.port?"))
                    .anyMatch(line -> line.contains("a member is written host or host:port, not a:b:c"));
        }
    }
}
