// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.TestClient;
import io.mtor.gateway.testing.Waiting;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients notice of a gateway that is told to leave: no error, only that they are sent elsewhere. */
@Timeout(90)
class LeavingIT {

    private static final int SERVICE_RESTART = 1012;

    @Test
    void shouldSendIdleClientsElsewhereAtOnceAndServeTheOthersToTheirEnd() {
        try (var gateway = new RunningGateway("--gateway.drain=60s");
                TestClient idle = gateway.client();
                TestClient busy = gateway.client()) {
            IntentId first = busy.ask("later 2000 done");
            Waiting.until(() -> busy.heard.size() >= 2, "it has been accepted");

            Future<Void> left = gateway.leave();

            assertThat(idle.closeCode()).isEqualTo(SERVICE_RESTART);
            IntentId second = busy.ask("say one more");
            List<ServerMessage> all = busy.untilTheEnd();
            all.addAll(busy.untilTheEnd());
            assertThat(all)
                    .filteredOn(ServerMessage::isTerminal)
                    .extracting(message -> ((ServerMessage.Result) message).guid())
                    .containsExactly(second, first);
            assertThat(busy.closeCode()).isEqualTo(SERVICE_RESTART);
            left.await();
        }
    }
}
