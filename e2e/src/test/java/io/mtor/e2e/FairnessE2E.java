// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.History;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Four workers with one slot each, and who gets them. Counted by the order of ends, never by time. */
class FairnessE2E {

    private static final int WORKERS = 4;

    private static final String FOUR_WORKERS = """
            [[agent.simulated]]
            query_type = "chat"
            count = 4
            slots = 1
            work = "%s"
            """;

    @Test
    void manyIntentsAreSpreadOverAllWorkers() {
        try (var realm = TestRealm.start(FOUR_WORKERS.formatted("200ms"));
                var user = new TestUser("ada", realm.uri())) {
            awaitWorkers(user);

            List<TestUser.Asked> asked = flood(user, 100);

            Map<WorkerId, Long> shares = asked.stream()
                    .map(each -> History.wholeResult(user, each).workerId())
                    .collect(Collectors.groupingBy(worker -> worker, Collectors.counting()));
            assertThat(shares).hasSize(WORKERS);
            assertThat(shares.values()).allSatisfy(share -> assertThat(share).isBetween(20L, 30L));
        }
    }

    @Test
    void othersGetThroughWhileOneUserSendsAThousand() {
        try (var realm = TestRealm.start(FOUR_WORKERS.formatted("20ms"));
                var greedy = new TestUser("greedy", realm.uri());
                var ada = new TestUser("ada", realm.uri());
                var bob = new TestUser("bob", realm.uri());
                var cy = new TestUser("cy", realm.uri())) {
            awaitWorkers(ada);
            var ends = new AtomicInteger();
            greedy.onEach(message -> ends.addAndGet(message.isTerminal() ? 1 : 0));
            List<TestUser.Asked> thousand = flood(greedy, 1_000);
            Await.until("the thousand to flow", () -> ends.get() > 20);

            for (TestUser other : List.of(ada, bob, cy)) {
                var passed = new AtomicInteger();
                other.onEach(message -> {
                    if (message instanceof ServerMessage.Ack) {
                        passed.set(-ends.get());
                    } else if (message.isTerminal()) {
                        passed.addAndGet(ends.get());
                    }
                });
                History.wholeResult(other, other.ask("chat", "one question"));

                // One end for every slot until it has one, the same while it runs, and as much for messages on the way.
                assertThat(passed.get())
                        .as("of the thousand that ended meanwhile")
                        .isLessThanOrEqualTo(4 * WORKERS);
            }

            assertThat(ends.get()).as("still flowing").isLessThan(1_000);
            thousand.forEach(each -> History.wholeResult(greedy, each));
        }
    }

    private static List<TestUser.Asked> flood(TestUser user, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> user.ask("chat", "question " + i))
                .toList();
    }

    private static void awaitWorkers(TestUser user) {
        Await.until("four workers", () -> user.realm().workers().size() == WORKERS);
    }
}
