// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.TestClient;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One user may have so much open at a gateway, over however many connections. */
@Timeout(90)
class UserLimitIT {

    private static final UserId ADA = new UserId("ada");

    private static TestClient ada(RunningGateway gateway) {
        TestClient client = gateway.client();
        client.say(new ClientMessage.Hello("test", null, ADA, Map.of()));
        client.next(ServerMessage.Welcome.class);
        return client;
    }

    private static ClientMessage.Work hang(IntentId guid) {
        return ClientMessage.Work.of(guid, QueryType.CHAT, "hang", null).streamed();
    }

    @Test
    void shouldRefuseWhatIsOverTheLimitAndServeOthersAndWhatComesBack() {
        try (var gateway = new RunningGateway("--gateway.limits.open-intents=2");
                TestClient one = ada(gateway);
                TestClient two = ada(gateway);
                TestClient other = gateway.client()) {
            IntentId first = one.ask("hang");
            IntentId second = two.ask("hang");
            one.next(ServerMessage.Ack.class);
            one.next(ServerMessage.Accepted.class);
            two.next(ServerMessage.Ack.class);

            IntentId third = one.ask("say hi");
            assertThat(one.next(ServerMessage.Failure.class))
                    .isEqualTo(new ServerMessage.Failure(
                            third, ErrorCode.RATE_LIMITED, "2 intents of this user are open already", true, 1_000L));
            HttpResponse<String> byHttp =
                    gateway.chat("{\"user\":\"ada\",\"messages\":[{\"role\":\"user\",\"content\":\"say hi\"}]}");
            assertThat(byHttp.statusCode()).isEqualTo(429);
            assertThat(byHttp.headers().firstValue("Retry-After")).hasValue("1");

            other.ask("say hi");
            assertThat(other.untilTheEnd()).last().isInstanceOf(ServerMessage.Result.class);

            try (TestClient back = ada(gateway)) {
                back.say(hang(second));
                back.next(ServerMessage.Ack.class);
                back.next(ServerMessage.Accepted.class);
            }
            one.say(new ClientMessage.Cancel(first, null));
            assertThat(one.untilTheEnd()).last().asString().contains("cancelled");
            one.ask("say hi");
            assertThat(one.untilTheEnd()).last().isInstanceOf(ServerMessage.Result.class);
        }
    }
}
