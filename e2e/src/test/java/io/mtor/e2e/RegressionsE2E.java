// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five things that broke in an orchestrator of this kind before, and must never break here. */
class RegressionsE2E {

    @Test
    void anUnservedQueryTypeStopsNothing() {
        try (var realm = TestRealm.start(simulated("chat", "50ms", 2));
                var user = new TestUser("ada", realm.uri())) {
            user.ask("chat", "warm up").result();

            var unserved = user.ask("paint", "a horse");
            var served = user.ask("chat", "hello");

            assertThat(unserved.failure().code()).isEqualTo(ErrorCode.IMPOSSIBLE);
            assertThat(unserved.failure().message()).contains("paint").contains("chat");
            assertThat(served.result().resultText()).isNotBlank();
        }
    }

    @Test
    void oneHungWorkerDelaysNobodyElse() {
        String hung = simulated("chat", "50ms", 1) + simulated("tell", "50ms", 1, "hang");
        try (var realm = TestRealm.start(hung);
                var victim = new TestUser("victim", realm.uri());
                var other = new TestUser("other", realm.uri())) {
            var stuck = victim.ask("tell", "me something");
            stuck.first(ServerMessage.Accepted.class);

            for (int i = 0; i < 10; i++) {
                assertThat(other.ask("chat", "hello " + i).result().resultText())
                        .isNotBlank();
            }

            assertThat(stuck.answer().terminal().isComplete()).isFalse();
            victim.cancel(stuck);
            assertThat(stuck.failure().code()).isEqualTo(ErrorCode.CANCELLED);
        }
    }

    @Test
    void twoTabsOfOneUserBothGetTheirOwnAnswers() {
        try (var realm = TestRealm.start(simulated("chat", "100ms", 4));
                var left = new TestUser("ada", realm.uri());
                var right = new TestUser("ada", realm.uri())) {
            List<TestUser.Asked> asked = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                asked.add((i % 2 == 0 ? left : right).ask("chat", "question " + i));
            }

            asked.forEach(each -> {
                assertThat(each.result().resultText()).isEqualTo(each.answer().text());
                assertThat(each.answer().terminals()).isEqualTo(1);
            });
            assertThat(left.other()).noneMatch(ServerMessage.Result.class::isInstance);
            assertThat(right.other()).noneMatch(ServerMessage.Result.class::isInstance);
        }
    }

    @Test
    void clientsComingAndGoingByTheHundredsStallNothing() {
        try (var realm = TestRealm.start(simulated("chat", "20ms", 8));
                var steady = new TestUser("steady", realm.uri())) {
            for (int i = 0; i < 300; i++) {
                try (var passing = new TestUser("passing-" + i, realm.uri())) {
                    passing.ask("chat", "never mind");
                    if (i % 10 == 0) {
                        assertThat(steady.ask("chat", "still there?").result().resultText())
                                .isNotBlank();
                    }
                }
            }
            assertThat(steady.ask("chat", "and now?").result().resultText()).isNotBlank();
            Await.until("all slots to be free again", () -> steady.realm().workers().stream()
                    .allMatch(worker -> worker.inFlight() == 0));
        }
    }

    @Test
    void aSeedClientGetsItsResult() {
        try (var realm = TestRealm.start(simulated("chat", "20ms", 1));
                var user = new TestUser("seed", realm.uri())) {
            var asked = user.ask(
                    "chat",
                    "hello",
                    work -> ClientMessage.Work.of(work.guid(), work.queryType(), work.queryText(), null));

            assertThat(asked.result().resultText()).isNotBlank();
            assertThat(asked.messages()).hasSize(1);
        }
    }

    static String simulated(String type, String work, int slots) {
        return simulated(type, work, slots, "answer");
    }

    static String simulated(String type, String work, int slots, String behaviour) {
        return """
                [[agent.simulated]]
                query_type = "%s"
                work = "%s"
                slots = %d
                behaviour = "%s"
                """.formatted(type, work, slots, behaviour);
    }
}
