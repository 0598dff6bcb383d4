// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.TestClient;
import io.mtor.gateway.testing.Waiting;
import io.vertx.core.http.UpgradeRejectedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is let in, and what the others are told. */
@Timeout(90)
class WebSocketDoorIT {

    @Test
    void shouldTellACrowdToComeAgainAndLetItInThen() {
        try (var small = new RunningGateway("--gateway.sockets.new-per-second=3")) {
            List<TestClient> in = new ArrayList<>();
            Waiting.until(
                    () -> {
                        try {
                            in.add(small.client());
                            return false;
                        } catch (UpgradeRejectedException e) {
                            assertThat(e.getStatus()).isEqualTo(503);
                            assertThat(e.getHeaders().get("Retry-After")).isEqualTo("1");
                            return true;
                        }
                    },
                    "one is turned away");
            assertThat(in).hasSizeGreaterThanOrEqualTo(3);

            Waiting.until(() -> isLetIn(small), "there is room again");

            assertThat(small.get("/metrics").body())
                    .contains("mtor_gateway_handshakes_total{outcome=\"accepted\"}")
                    .contains("mtor_gateway_handshakes_total{outcome=\"refused\"}");
            in.forEach(TestClient::close);
        }
    }

    private static boolean isLetIn(RunningGateway gateway) {
        try {
            gateway.client().close();
            return true;
        } catch (UpgradeRejectedException e) {
            return false;
        }
    }

    @Test
    void shouldTellThoseBeyondItsConnectionsToComeAgain() {
        try (var small = new RunningGateway("--gateway.sockets.max=1");
                TestClient only = small.client()) {
            assertThatThrownBy(small::client).isInstanceOfSatisfying(UpgradeRejectedException.class, e -> {
                assertThat(e.getStatus()).isEqualTo(503);
                assertThat(e.getHeaders().get("Retry-After")).isEqualTo("5");
            });
            only.say(new ClientMessage.Ping("still-here"));
            assertThat(only.next()).isEqualTo(new ServerMessage.Pong("still-here"));
        }
    }
}
