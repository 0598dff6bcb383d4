// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.common.rendezvous.Rendezvous;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.History;
import io.mtor.e2e.testing.TestCluster;
import io.mtor.e2e.testing.TestUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user is promised while processes die: any of them may, at any time. */
class ClusterE2E {

    private static final String REALM = """
            [gateway]
            drain = "2s"
            [agent.worker]
            demo = true
            programs = false
            [agent.discovery]
            on = false
            [[agent.simulated]]
            query_type = "chat"
            work = "1s"
            chunks = 20
            slots = 2
            """;

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster =
                TestCluster.start(REALM, "--gateways", "2", "--dispatchers", "2", "--monitors", "1", "--workers", "2");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void replaceWhatWasKilled() {
        cluster.ensure("dispatcher", 2);
        cluster.ensure("monitor", 1);
        cluster.ensure("worker", 2);
        cluster.ensure("gateway", 2);
        for (int i = 0; i < 2; i++) {
            try (var user = userAt(i)) {
                awaitWhole(user);
            }
        }
    }

    private static void awaitWhole(TestUser user) {
        try {
            Await.until("the whole realm to be seen", () -> isWhole(user.realm()));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but only " + user.realm(), e);
        }
    }

    private static boolean isWhole(ServerMessage.Realm realm) {
        return realm.dispatchers() == 2
                && realm.monitors() >= 1
                && realm.gateways() == 2
                && realm.waiting() == 0
                && chatWorkers(realm).size() == cluster.alive("worker").size()
                && chatWorkers(realm).stream().allMatch(worker -> worker.inFlight() == 0);
    }

    private static List<ServerMessage.WorkerState> chatWorkers(ServerMessage.Realm realm) {
        return realm.workers().stream()
                .filter(worker -> worker.queryTypes().stream()
                        .anyMatch(offer -> offer.queryType().value().equals("chat") && !worker.synthetic()))
                .filter(worker -> worker.health() == ServerMessage.Health.HEALTHY)
                .toList();
    }

    private static boolean hasHealthy(ServerMessage.Realm realm, WorkerId worker) {
        return chatWorkers(realm).stream().anyMatch(each -> each.workerId().equals(worker));
    }

    private static TestUser userAt(int gateway) {
        return new TestUser("ada", cluster.alive("gateway").get(gateway).uri());
    }

    /** Work of this duration, by the clock. */
    private static UnaryOperator<ClientMessage.Work> lasting(int millis) {
        return work -> new ClientMessage.Work(
                work.guid(),
                work.queryType(),
                work.queryText(),
                null,
                null,
                null,
                null,
                new Parameters("{\"work_ms\":" + millis + "}"),
                true,
                null,
                null,
                null,
                null,
                null);
    }

    private static TestCluster.Part workerOf(TestUser.Asked asked) {
        String id = asked.first(ServerMessage.Accepted.class).workerId().value();
        return cluster.withLog("worker", id.substring(0, id.indexOf('.')));
    }

    private static void awaitPieces(TestUser.Asked asked, int count) {
        Await.until(
                count + " pieces", () -> asked.all(ServerMessage.Chunk.class).size() >= count);
    }

    @Test
    void anIntentOfAnyGatewayIsAnsweredByAWorkerOfAnotherProcess() {
        try (var user = userAt(1)) {
            var words = user.ask("chat", "hello");
            var picture = user.ask("imagine", "a quiet sea");

            assertThat(History.wholeResult(user, words).resultText()).isNotBlank();
            picture.result();
            History.check(user, picture);
            assertThat(picture.answer().media()).isNotEmpty().allSatisfy(medium -> {
                assertThat(medium.mediaType()).startsWith("image/");
                assertThat(Objects.requireNonNull(medium.data()).length()).isGreaterThan(100);
            });
        }
    }

    @Test
    void aWorkerKilledInMidJobIsReplacedAndTheUserGetsTheAnswer() {
        try (var user = userAt(0)) {
            var asked = user.ask("chat", "a long story", lasting(4_000));
            awaitPieces(asked, 3);
            TestCluster.Part victim = workerOf(asked);

            cluster.kill(victim);

            History.wholeResult(user, asked);
            assertThat(asked.all(ServerMessage.Restart.class)).hasSize(1);
            assertThat(asked.all(ServerMessage.Accepted.class))
                    .extracting(ServerMessage.Accepted::workerId)
                    .doesNotHaveDuplicates()
                    .hasSize(2);
        }
    }

    @Test
    void aWorkerThatStandsStillIsReplacedAndDoesNotAnswerTwice() {
        try (var user = userAt(0)) {
            var asked = user.ask("chat", "a long story", lasting(3_000));
            awaitPieces(asked, 3);
            TestCluster.Part victim = workerOf(asked);

            cluster.freeze(victim);
            try {
                History.wholeResult(user, asked);
                assertThat(asked.all(ServerMessage.Restart.class)).hasSize(1);
            } finally {
                cluster.thaw(victim);
            }

            awaitWhole(user);
            History.wholeResult(user, user.ask("chat", "and now?"));
            History.wholeResult(user, asked);
        }
    }

    @Test
    void aDispatcherKilledWithIntentsWaitingLosesNone() {
        try (var user = userAt(0)) {
            List<TestUser.Asked> asked = askMany(user, 16);
            asked.get(15).first(ServerMessage.Queued.class);

            cluster.kill(matchmaker());

            asked.forEach(each -> History.wholeResult(user, each));
        }
    }

    /** The dispatcher that places all intents now. */
    private static TestCluster.Part matchmaker() {
        var id = Pattern.compile("dispatcher-[0-9a-f-]{36}");
        List<DispatcherId> ids = cluster.alive("dispatcher").stream()
                .map(part -> part.firstMatch(id))
                .map(DispatcherId::new)
                .toList();
        return cluster.withLog(
                "dispatcher", Rendezvous.owner("realm", ids).orElseThrow().value());
    }

    @Test
    void aGatewayKilledInMidAnswerLosesNothingAndDoublesNothing() {
        TestCluster.Part first = cluster.alive("gateway").get(0);
        TestCluster.Part second = cluster.alive("gateway").get(1);
        try (var user = new TestUser("ada", first.uri())) {
            var asked = user.ask("chat", "a long story", lasting(6_000));
            awaitPieces(asked, 5);

            cluster.kill(first);
            Await.until("the connection to be lost", user::isLost);
            user.reconnect(second.uri());

            History.wholeResult(user, asked);
            assertThat(asked.all(ServerMessage.Restart.class)).isEmpty();
        }
    }

    @Test
    void aKilledMonitorIsReplacedByTheOther() {
        cluster.ensure("monitor", 2);
        try (var user = userAt(0)) {
            Await.until("both monitors", () -> user.realm().monitors() == 2);
            cluster.kill(cluster.alive("monitor").get(0));
            Await.until("the other to be alone", () -> user.realm().monitors() == 1);
            var asked = user.ask("chat", "a long story", lasting(3_000));
            awaitPieces(asked, 3);
            TestCluster.Part victim = workerOf(asked);
            var itsWorker = asked.first(ServerMessage.Accepted.class).workerId();

            cluster.freeze(victim);
            try {
                Await.until("a verdict", () -> !hasHealthy(user.realm(), itsWorker));
                History.wholeResult(user, asked);
            } finally {
                cluster.thaw(victim);
            }
        }
    }

    @Test
    void aWorkerAgentThatIsToldToLeaveFinishesWhatRunsAndTakesNoMore() {
        try (var user = userAt(0)) {
            var asked = user.ask("chat", "a long story", lasting(4_000));
            awaitPieces(asked, 2);
            TestCluster.Part leaving = workerOf(asked);
            var itsWorker = asked.first(ServerMessage.Accepted.class).workerId();

            cluster.terminate(leaving);
            Await.until("it to take no more", () -> leaving.wrote("draining"));
            Await.until("all to know it", () -> !hasHealthy(user.realm(), itsWorker));
            var others = List.of(user.ask("chat", "one"), user.ask("chat", "two"), user.ask("chat", "three"));

            others.forEach(other ->
                    assertThat(History.wholeResult(user, other).workerId()).isNotEqualTo(itsWorker));
            assertThat(History.wholeResult(user, asked).workerId()).isEqualTo(itsWorker);
            assertThat(asked.all(ServerMessage.Restart.class)).isEmpty();
            assertThat(cluster.exitCode(leaving)).isZero();
        }
    }

    @Test
    void aGatewayThatIsToldToLeaveLetsShortIntentsEndAndSendsTheLongOnesElsewhere() {
        TestCluster.Part leaving = cluster.alive("gateway").get(0);
        TestCluster.Part staying = cluster.alive("gateway").get(1);
        try (var user = new TestUser("ada", leaving.uri());
                var late = new TestUser("bob", leaving.uri())) {
            var asked = user.ask("chat", "a long story", lasting(8_000));
            var brief = user.ask("chat", "a short one", lasting(1_500));
            awaitPieces(asked, 2);
            awaitPieces(brief, 2);

            cluster.terminate(leaving);
            Await.until("it to take no more", () -> leaving.wrote("draining"));

            assertThat(late.ask("chat", "too late").failure().code()).isEqualTo(ErrorCode.UNAVAILABLE);
            History.wholeResult(user, brief);
            assertThat(user.isLost()).isFalse();
            Await.until("the connection to be closed", user::isLost);
            user.reconnect(staying.uri());
            History.wholeResult(user, asked);
            assertThat(asked.all(ServerMessage.Restart.class)).isEmpty();
            assertThat(cluster.exitCode(leaving)).isZero();
        }
    }

    @Test
    void aDispatcherThatIsToldToLeaveLosesNoneOfThoseThatWait() {
        try (var user = userAt(0)) {
            List<TestUser.Asked> asked = askMany(user, 16);
            asked.get(15).first(ServerMessage.Queued.class);
            TestCluster.Part leaving = matchmaker();

            cluster.terminate(leaving);

            asked.forEach(each -> History.wholeResult(user, each));
            assertThat(cluster.exitCode(leaving)).isZero();
        }
    }

    @Test
    void aWorkerAgentThatComesLaterGetsWork() {
        Set<WorkerId> before = new HashSet<>();
        try (var user = userAt(0)) {
            chatWorkers(user.realm()).forEach(worker -> before.add(worker.workerId()));

            cluster.ensure("worker", before.size() + 1);

            for (int i = 0; i < 2; i++) {
                try (var there = userAt(i)) {
                    awaitWhole(there);
                    List<TestUser.Asked> asked = new ArrayList<>();
                    for (int n = 0; n <= 2 * before.size(); n++) {
                        asked.add(there.ask("chat", "question " + n, lasting(1_500)));
                    }
                    assertThat(asked.stream().map(each -> History.wholeResult(there, each)
                                    .workerId()))
                            .anyMatch(worker -> !before.contains(worker));
                }
            }
        }
    }

    @Test
    void aFloodLosesNothingWhileAWorkerIsKilled() {
        cluster.ensure("worker", 3);
        List<TestUser> users = IntStream.range(0, 10)
                .mapToObj(i -> new TestUser(
                        "user-" + i, cluster.alive("gateway").get(i % 2).uri()))
                .toList();
        Map<TestUser.Asked, TestUser> asked = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            TestUser user = users.get(i % users.size());
            asked.put(user.ask("chat", "question " + i, lasting(100)), user);
        }
        Await.until("the flood to flow", () -> ended(asked.keySet()) > 50);
        TestCluster.Part victim = asked.keySet().stream()
                .filter(each -> !each.answer().terminal().isComplete())
                .filter(each -> !each.all(ServerMessage.Accepted.class).isEmpty())
                .findFirst()
                .map(ClusterE2E::workerOf)
                .orElseThrow();

        cluster.kill(victim);

        asked.forEach((each, user) -> History.wholeResult(user, each));
        users.forEach(TestUser::close);
    }

    private static long ended(Collection<TestUser.Asked> asked) {
        return asked.stream()
                .filter(each -> each.answer().terminal().isComplete())
                .count();
    }

    private static List<TestUser.Asked> askMany(TestUser user, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> user.ask("chat", "question " + i))
                .toList();
    }
}
