// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.TestClient;
import io.mtor.gateway.testing.Waiting;
import io.vertx.core.http.UpgradeRejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that can do nothing sends its clients to those that can. */
@Timeout(90)
class CutOffIT {

    private static final int TRY_AGAIN_LATER = 1013;

    @Test
    void shouldSendItsClientsElsewhereUntilItSeesTheRealmAgain() {
        try (var gateway = new RunningGateway();
                TestClient client = gateway.client()) {
            gateway.realm.part(true);

            assertThat(client.closeCode()).isEqualTo(TRY_AGAIN_LATER);
            assertThat(gateway.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/readyz").body()).isEqualTo("cut off from the realm\n");
            assertThat(gateway.chat("{\"messages\":[{\"role\":\"user\",\"content\":\"say hi\"}]}")
                            .statusCode())
                    .isEqualTo(503);
            assertThatThrownBy(gateway::client)
                    .isInstanceOfSatisfying(UpgradeRejectedException.class, e -> assertThat(e.getStatus())
                            .isEqualTo(503));

            gateway.realm.part(false);

            Waiting.until(() -> gateway.get("/readyz").statusCode() == 200, "it takes clients again");
            try (TestClient again = gateway.client()) {
                again.ask("say hi");
                assertThat(again.untilTheEnd()).last().asString().startsWith("result");
            }
        }
    }
}
