// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.history.Tally;
import io.mtor.bench.chaos.proxy.FaultProxy;
import io.mtor.bench.chaos.proxy.Shape;
import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A host behind a gateway does what a member of the cluster does, whatever becomes of its connection. */
class HostE2E {

    /** For how long the connection of a host is harmed; {@code -Dmtor.host.seconds=600} for long. */
    private static final Duration HARMED = Duration.ofSeconds(Integer.getInteger("mtor.host.seconds", 30));

    private static final String WORKER = """
            [agent.worker]
            demo = false
            programs = false
            [agent.discovery]
            on = false
            [[agent.simulated]]
            query_type = "chat"
            models = ["m1"]
            chunks = 8
            slots = 8
            marked = true
            """;

    private static TestRealm realm(String... flags) {
        return TestRealm.start("", TestHost.gateway(flags));
    }

    static ClientMessage.Work with(
            ClientMessage.Work work, @Nullable Parameters parameters, @Nullable Privacy privacy) {
        return new ClientMessage.Work(
                work.guid(),
                work.queryType(),
                work.queryText(),
                null,
                null,
                null,
                null,
                parameters,
                true,
                null,
                null,
                privacy,
                null,
                null);
    }

    private static void awaitWorkers(TestUser user, int count) {
        Await.until(
                "so many healthy workers: " + count,
                () -> user.realm().workers().stream()
                                .filter(worker -> worker.health() == ServerMessage.Health.HEALTHY)
                                .count()
                        == count);
    }

    @Test
    void aHostAnswersThroughAGatewayAndLeavesInPeace() {
        try (var realm = realm();
                var user = new TestUser("ada", realm.uri())) {
            try (var host = TestHost.join(realm.uri(), WORKER)) {
                awaitWorkers(user, 1);

                ServerMessage.Result result = user.ask("chat", "Hello").result();

                assertThat(result.workerId().value()).contains("-" + host.mark() + ".");
                assertThat(result.resultText()).isNotEmpty();
            }
            Await.until("the worker to be gone", () -> user.realm().workers().isEmpty());
            assertThat(user.ask("chat", "Hello again").first(ServerMessage.Queued.class))
                    .isNotNull();
        }
    }

    @Test
    void aLongAnswerArrivesAsItWasMadeWhateverItsFrames() {
        String worker = """
                [[agent.command]]
                name = "long"
                query_type = "long"
                argv = ["sh", "-c", "yes 'ä😀€' | head -n 30000 | tr -d '\\n'"]
                """;
        try (var realm = realm();
                var user = new TestUser("ada", realm.uri());
                var host = TestHost.join(realm.uri(), worker)) {
            awaitWorkers(user, 1);

            ServerMessage.Result result = user.ask("long", "go on").result();

            assertThat(result.resultText()).isEqualTo("ä😀€".repeat(30_000));
            assertThat(result.workerId().value()).contains(host.mark());
        }
    }

    @Test
    void aHostIsLetInByAGoodTokenOnly() {
        try (var realm = realm()) {
            for (String token : List.of("nonsense", "mtor1.e30.AAAA", TestHost.token(Trust.OWN) + "x")) {
                assertThatThrownBy(() -> TestHost.join(realm.uri(), WORKER, HostKey.generate(), token))
                        .hasMessageContaining("does not let this host in (status 401)");
            }
        }
    }

    @Test
    void aHostServesWhatItsTokenAllowsToWhomItsTokenAllows() {
        try (var realm = realm();
                var user = new TestUser("ada", realm.uri());
                var chatting = TestHost.join(
                        realm.uri(), WORKER, HostKey.generate(), TestHost.token(Trust.VOLUNTEER, QueryType.CHAT));
                var forbidden = TestHost.join(
                        realm.uri(), WORKER, HostKey.generate(), TestHost.token(Trust.OWN, QueryType.SPEAK))) {
            awaitWorkers(user, 2);

            ServerMessage.Failure trusted =
                    user.ask("chat", "For trusted hosts").failure();
            ServerMessage.Result any = user.ask("chat", "For anybody", work -> with(work, null, Privacy.ANY))
                    .result();

            assertThat(trusted.code()).isEqualTo(ErrorCode.IMPOSSIBLE);
            assertThat(any.workerId().value()).contains("-" + chatting.mark() + ".");
            assertThat(user.realm().workers())
                    .filteredOn(worker -> worker.workerId().value().contains(forbidden.mark()))
                    .singleElement()
                    .satisfies(worker -> assertThat(worker.queryTypes()).isEmpty());
        }
    }

    @Test
    void aHostGoesOnAtAnotherGatewayWithWhatItHasInHand() {
        try (var realm = realm();
                var proxy = new FaultProxy(1);
                var user = new TestUser("ada", realm.uri())) {
            proxy.forwardTo(List.of(realm.uri()));
            try (var host = TestHost.join(proxy.uri(), WORKER)) {
                awaitWorkers(user, 1);
                TestUser.Asked asked =
                        user.ask("chat", "Hello", work -> with(work, new Parameters("{\"work_ms\":3000}"), null));
                asked.first(ServerMessage.Chunk.class);

                assertThat(proxy.reset(1)).isEqualTo(1);

                ServerMessage.Result result = asked.result();
                assertThat(asked.all(ServerMessage.Restart.class)).isEmpty();
                assertThat(asked.all(ServerMessage.Chunk.class))
                        .extracting(ServerMessage.Chunk::seq)
                        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
                assertThat(result.workerId().value()).contains(host.mark());
                assertThat(proxy.connections()).isEqualTo(2);
            }
        }
    }

    @Test
    void theNewerConnectionOfAKeyTakesThePlaceOfTheOlder() {
        HostKey key = HostKey.generate();
        try (var realm = realm();
                var user = new TestUser("ada", realm.uri());
                var first = new FaultProxy(1)) {
            first.forwardTo(List.of(realm.uri()));
            try (var older = TestHost.join(first.uri(), WORKER, key, TestHost.token(Trust.OWN))) {
                awaitWorkers(user, 1);
                assertThat(older.mark()).isEqualTo(key.mark());
                // What is sent to the older one arrives nowhere, and no end of its connection is seen.
                first.forwardTo(List.of());
                first.silence(1);

                try (var newer = TestHost.join(realm.uri(), WORKER, key, TestHost.token(Trust.OWN))) {
                    Await.until(
                            "the older worker to be gone",
                            () -> user.realm().workers().size() == 1);
                    assertThat(user.ask("chat", "Hello").result().workerId().value())
                            .contains(newer.mark());
                }
            }
        }
    }

    @Test
    void whateverBecomesOfItsConnectionNothingIsLostAndNothingShownTwice() {
        try (var realm = realm();
                var user = new TestUser("ada", realm.uri());
                var proxy = new FaultProxy(7)) {
            proxy.forwardTo(List.of(realm.uri()));
            try (var one = TestHost.join(proxy.uri(), WORKER);
                    var two = TestHost.join(proxy.uri(), WORKER);
                    var crowd = new Crowd(realm.uri(), QueryType.CHAT, 20, 7)) {
                awaitWorkers(user, 2);
                // A quarter of what both can do unharmed, so that no line forms that outlives the harm.
                crowd.start(Crowd.Load.even(10, 400));
                long end = System.nanoTime() + HARMED.toNanos();
                int rounds = 0;
                while (System.nanoTime() < end) {
                    harm(proxy, rounds++);
                    int before = crowd.ended();
                    Await.until("answers in spite of it", () -> crowd.ended() > before + 20);
                }
                assertThat(rounds).isGreaterThanOrEqualTo(4);
                assertThat(crowd.awaitEnds(Duration.ofMinutes(2))).isTrue();

                Tally tally = Tally.of(crowd.histories());
                System.out.println("hosts behind a harmed connection: " + tally.intents() + " intents, " + rounds
                        + " rounds, " + proxy.connections() + " connections, lost " + tally.lost() + ", twice "
                        + tally.twice() + ", mixed " + tally.mixed() + ", errors " + tally.errors());
                assertThat(tally.bad()).isEmpty();
                assertThat(tally.failed()).isZero();
                assertThat(proxy.connections()).as("hosts that have come back").isGreaterThan(4);
                assertThat(one.mark()).isNotEqualTo(two.mark());
            }
        }
    }

    private static void harm(FaultProxy proxy, int round) {
        switch (round % 4) {
            case 0 -> assertThat(proxy.reset(0.5)).isPositive();
            case 1 -> assertThat(proxy.stall(0.5, Duration.ofSeconds(2))).isPositive();
            case 2 -> assertThat(proxy.silence(0.4)).isPositive();
            default -> {
                proxy.shape(round % 8 < 4 ? new Shape(7, 1) : Shape.PLAIN);
                assertThat(proxy.reset(1)).isPositive();
            }
        }
    }
}
