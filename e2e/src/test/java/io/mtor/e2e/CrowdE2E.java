// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.process.MtorCluster;
import io.mtor.bench.process.Part;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.Handshakes;
import io.mtor.e2e.testing.History;
import io.mtor.e2e.testing.TestUser;
import io.mtor.realm.cluster.Role;
import io.mtor.realm.cluster.Site;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A crowd on two gateways, one of which is killed. {@code -Dmtor.crowd=2000} says how many, {@code -Dmtor.crowd.pace=200}
 * how many new ones a gateway takes in a second: a tenth of them otherwise, which for 2,000 is its default.
 */
class CrowdE2E {

    private static final int CROWD = Integer.getInteger("mtor.crowd", 300);
    private static final int PER_SECOND = Integer.getInteger("mtor.crowd.pace", CROWD / 10);
    private static final int INTENTS = CROWD / 10;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private static final String REALM = """
            [gateway.sockets]
            new_per_second = %d
            [agent.worker]
            demo = false
            programs = false
            [agent.discovery]
            on = false
            [[agent.simulated]]
            query_type = "chat"
            work = "10s"
            chunks = 50
            slots = %d
            """.formatted(PER_SECOND, INTENTS);

    @Test
    void aCrowdComesBackFromAKilledGatewayAtTheOthersPaceAndLosesNothing() {
        try (var cluster = MtorCluster.start(
                Site.loopback(Command.jar().toString()),
                REALM,
                Map.of(Role.GATEWAY, 2, Role.DISPATCHER, 1, Role.MONITOR, 1, Role.WORKER, 1))) {
            Part victim = cluster.alive(Role.GATEWAY).get(0);
            Part survivor = cluster.alive(Role.GATEWAY).get(1);
            List<TestUser> crowd = TestUser.crowd(CROWD, List.of(victim.uri(), survivor.uri()));
            long there = countAt(crowd, victim.uri());
            Map<TestUser.Asked, TestUser> asked = ask(crowd);
            long midway = asked.values().stream()
                    .filter(user -> user.isAt(victim.uri()))
                    .count();

            var handshakes = Handshakes.watch(survivor.uri());
            long killed = System.nanoTime();
            try (handshakes) {
                victim.kill();
                Await.until("all to be back", LIMIT, () -> countAt(crowd, survivor.uri()) == CROWD);
            }
            long backMillis = (System.nanoTime() - killed) / 1_000_000;
            asked.forEach((each, user) -> {
                History.wholeResult(user, each);
                assertThat(each.all(ServerMessage.Restart.class)).isEmpty();
            });
            crowd.forEach(TestUser::close);

            System.out.printf(
                    "crowd: %d clients, %d of them and %d of %d open intents at the gateway that was killed;"
                            + " all back after %.1f s; at most %d accepted in a second (limit %d),"
                            + " %d accepted, %d refused; 0 lost, 0 doubled%n",
                    CROWD,
                    there,
                    midway,
                    INTENTS,
                    backMillis / 1e3,
                    handshakes.peakPerSecond(),
                    PER_SECOND,
                    handshakes.accepted(),
                    handshakes.refused());
            assertThat(there).isPositive();
            assertThat(midway).isPositive();
            assertThat(handshakes.accepted()).isEqualTo((int) there);
            assertThat(handshakes.peakPerSecond()).isLessThanOrEqualTo(PER_SECOND);
            assertThat(handshakes.refused()).as("the limit was reached").isPositive();
        }
    }

    private static long countAt(List<TestUser> crowd, URI gateway) {
        return crowd.stream().filter(user -> user.isAt(gateway)).count();
    }

    /** Every tenth has an intent in mid-answer. */
    private static Map<TestUser.Asked, TestUser> ask(List<TestUser> crowd) {
        Map<TestUser.Asked, TestUser> asked = new LinkedHashMap<>();
        for (int i = 0; i < INTENTS; i++) {
            TestUser user = crowd.get(i * 10);
            asked.put(user.ask("chat", "a long story"), user);
        }
        asked.keySet().forEach(each -> each.first(ServerMessage.Chunk.class));
        return asked;
    }
}
