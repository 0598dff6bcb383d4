// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.bench.process.MtorCluster;
import io.mtor.bench.process.Part;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.common.rendezvous.Matchmakers;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.Command;
import io.mtor.e2e.testing.History;
import io.mtor.e2e.testing.TestUser;
import io.mtor.realm.cluster.Role;
import io.mtor.realm.cluster.Site;
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

    private static MtorCluster cluster;

    @BeforeAll
    static void start() {
        cluster = MtorCluster.start(
                Site.loopback(Command.jar().toString()),
                REALM,
                Map.of(Role.GATEWAY, 2, Role.DISPATCHER, 2, Role.MONITOR, 1, Role.WORKER, 2));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void replaceWhatWasKilled() {
        cluster.ensure(Role.DISPATCHER, 2);
        cluster.ensure(Role.MONITOR, 1);
        cluster.ensure(Role.WORKER, 2);
        cluster.ensure(Role.GATEWAY, 2);
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
                && chatWorkers(realm).size() == cluster.alive(Role.WORKER).size()
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
        return new TestUser("ada", cluster.alive(Role.GATEWAY).get(gateway).uri());
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

    private static Part workerOf(TestUser.Asked asked) {
        String id = asked.first(ServerMessage.Accepted.class).workerId().value();
        return cluster.withLog(Role.WORKER, id.substring(0, id.indexOf('.')));
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
            Part victim = workerOf(asked);

            victim.kill();

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
            Part victim = workerOf(asked);

            victim.freeze();
            try {
                History.wholeResult(user, asked);
                assertThat(asked.all(ServerMessage.Restart.class)).hasSize(1);
            } finally {
                victim.thaw();
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

            matchmaker().kill();

            asked.forEach(each -> History.wholeResult(user, each));
        }
    }

    /** The dispatcher that places all intents now. */
    private static Part matchmaker() {
        var id = Pattern.compile("dispatcher-[0-9a-f-]{36}");
        List<DispatcherId> ids = cluster.alive(Role.DISPATCHER).stream()
                .map(part -> part.firstMatch(id))
                .map(DispatcherId::new)
                .toList();
        return cluster.withLog(
                Role.DISPATCHER, Matchmakers.among(ids).orElseThrow().value());
    }

    @Test
    void aGatewayKilledInMidAnswerLosesNothingAndDoublesNothing() {
        Part first = cluster.alive(Role.GATEWAY).get(0);
        Part second = cluster.alive(Role.GATEWAY).get(1);
        try (var user = new TestUser("ada", first.uri())) {
            var asked = user.ask("chat", "a long story", lasting(6_000));
            awaitPieces(asked, 5);

            first.kill();
            Await.until("the connection to be lost", user::isLost);
            user.reconnect(second.uri());

            History.wholeResult(user, asked);
            assertThat(asked.all(ServerMessage.Restart.class)).isEmpty();
        }
    }

    @Test
    void aKilledMonitorIsReplacedByTheOther() {
        cluster.ensure(Role.MONITOR, 2);
        try (var user = userAt(0)) {
            Await.until("both monitors", () -> user.realm().monitors() == 2);
            cluster.alive(Role.MONITOR).get(0).kill();
            Await.until("the other to be alone", () -> user.realm().monitors() == 1);
            var asked = user.ask("chat", "a long story", lasting(3_000));
            awaitPieces(asked, 3);
            Part victim = workerOf(asked);
            var itsWorker = asked.first(ServerMessage.Accepted.class).workerId();

            victim.freeze();
            try {
                Await.until("a verdict", () -> !hasHealthy(user.realm(), itsWorker));
                History.wholeResult(user, asked);
            } finally {
                victim.thaw();
            }
        }
    }

    @Test
    void aWorkerAgentThatIsToldToLeaveFinishesWhatRunsAndTakesNoMore() {
        try (var user = userAt(0)) {
            var asked = user.ask("chat", "a long story", lasting(4_000));
            awaitPieces(asked, 2);
            Part leaving = workerOf(asked);
            var itsWorker = asked.first(ServerMessage.Accepted.class).workerId();

            leaving.terminate();
            Await.until("it to take no more", () -> leaving.wrote("draining"));
            Await.until("all to know it", () -> !hasHealthy(user.realm(), itsWorker));
            var others = List.of(user.ask("chat", "one"), user.ask("chat", "two"), user.ask("chat", "three"));

            others.forEach(other ->
                    assertThat(History.wholeResult(user, other).workerId()).isNotEqualTo(itsWorker));
            assertThat(History.wholeResult(user, asked).workerId()).isEqualTo(itsWorker);
            assertThat(asked.all(ServerMessage.Restart.class)).isEmpty();
            assertThat(leaving.exitCode()).isZero();
        }
    }

    @Test
    void aGatewayThatIsToldToLeaveLetsShortIntentsEndAndSendsTheLongOnesElsewhere() {
        Part leaving = cluster.alive(Role.GATEWAY).get(0);
        Part staying = cluster.alive(Role.GATEWAY).get(1);
        try (var user = new TestUser("ada", leaving.uri());
                var late = new TestUser("bob", leaving.uri())) {
            var asked = user.ask("chat", "a long story", lasting(8_000));
            var brief = user.ask("chat", "a short one", lasting(1_500));
            awaitPieces(asked, 2);
            awaitPieces(brief, 2);

            leaving.terminate();
            Await.until("it to take no more", () -> leaving.wrote("draining"));

            Await.until("the idle connection to be closed", late::isLost);
            History.wholeResult(user, user.ask("chat", "one more", lasting(100)));
            History.wholeResult(user, brief);
            assertThat(user.isLost()).isFalse();
            Await.until("the connection to be closed", user::isLost);
            user.reconnect(staying.uri());
            History.wholeResult(user, asked);
            assertThat(asked.all(ServerMessage.Restart.class)).isEmpty();
            assertThat(leaving.exitCode()).isZero();
        }
    }

    @Test
    void aDispatcherThatIsToldToLeaveLosesNoneOfThoseThatWait() {
        try (var user = userAt(0)) {
            List<TestUser.Asked> asked = askMany(user, 16);
            asked.get(15).first(ServerMessage.Queued.class);
            Part leaving = matchmaker();

            leaving.terminate();

            asked.forEach(each -> History.wholeResult(user, each));
            assertThat(leaving.exitCode()).isZero();
        }
    }

    @Test
    void aWorkerAgentThatComesLaterGetsWork() {
        Set<WorkerId> before = new HashSet<>();
        try (var user = userAt(0)) {
            chatWorkers(user.realm()).forEach(worker -> before.add(worker.workerId()));

            cluster.ensure(Role.WORKER, before.size() + 1);

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
        cluster.ensure(Role.WORKER, 3);
        List<TestUser> users = IntStream.range(0, 10)
                .mapToObj(i -> new TestUser(
                        "user-" + i, cluster.alive(Role.GATEWAY).get(i % 2).uri()))
                .toList();
        Map<TestUser.Asked, TestUser> asked = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            TestUser user = users.get(i % users.size());
            asked.put(user.ask("chat", "question " + i, lasting(100)), user);
        }
        Await.until("the flood to flow", () -> ended(asked.keySet()) > 50);
        Part victim = asked.keySet().stream()
                .filter(each -> !each.answer().terminal().isComplete())
                .filter(each -> !each.all(ServerMessage.Accepted.class).isEmpty())
                .findFirst()
                .map(ClusterE2E::workerOf)
                .orElseThrow();

        victim.kill();

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
