// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.edge.EdgeJson;
import io.mtor.common.edge.EdgeMessage;
import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestHost;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Hosts that lie, steal, flood and fall silent, beside a good worker: none of it reaches a user, and all get their answers. */
class HostileHostE2E {

    private static final int INTENTS = 60;

    private static final int IN_FLIGHT = 6;

    private static final String GOOD = """
            [[agent.simulated]]
            query_type = "chat"
            slots = 4
            work = "50ms"
            """;

    private static TestRealm realm(String toml) {
        return TestRealm.start(toml, TestHost.gateway());
    }

    private static void awaitWorkers(TestUser user, int count) {
        Await.until("workers", () -> user.realm().workers().size() == count);
    }

    /** All intents are answered by the good worker, also those that the other one was given. */
    private static void assertAllAnswered(TestUser user, Villain villain) {
        Queue<TestUser.Asked> asked = new ArrayDeque<>();
        Await.until("the villain to be given something", () -> {
            for (int i = 0; i < IN_FLIGHT; i++) {
                asked.add(user.ask("chat", "Hello"));
            }
            return assigned(villain) > 0;
        });
        for (int i = 0; i < INTENTS; i++) {
            asked.add(user.ask("chat", "Hello"));
            while (asked.size() > IN_FLIGHT) {
                assertAnswered(asked.remove(), villain);
            }
        }
        asked.forEach(each -> assertAnswered(each, villain));
    }

    private static void assertAnswered(TestUser.Asked asked, Villain villain) {
        ServerMessage.Result result = asked.result();
        assertThat(result.workerId()).isNotEqualTo(villain.worker);
        assertThat(result.resultText()).isNotEmpty().doesNotContain("x".repeat(100), "stolen", "forged");
    }

    private static int assigned(Villain villain) {
        return (int) villain.heard.stream()
                .filter(each -> each instanceof EdgeMessage.Told(var to, WorkerBound.Assign assign))
                .count();
    }

    private static void withVillain(BiConsumer<Villain, WorkerBound> manner, BiConsumer<TestUser, Villain> test) {
        try (var realm = realm(GOOD);
                var user = new TestUser("ada", realm.uri());
                var villain = new Villain(realm.uri(), manner).offering()) {
            awaitWorkers(user, 2);
            test.accept(user, villain);
        }
    }

    @Test
    void aBlackHoleThatAcceptsNothingIsFoundOut() {
        withVillain((villain, told) -> {}, (user, villain) -> {
            assertAllAnswered(user, villain);
            assertThat(assigned(villain)).isBetween(1, INTENTS / 4);
        });
    }

    @Test
    void aBlackHoleThatAcceptsAndNeverAnswersLosesNothing() {
        withVillain(
                (villain, told) -> {
                    if (told instanceof WorkerBound.Assign assign) {
                        villain.accept(assign);
                    }
                },
                (user, villain) -> {
                    assertAllAnswered(user, villain);
                    int known = assigned(villain);
                    assertAllAnswered(user, villain);
                    assertThat(assigned(villain) - known).isLessThan(INTENTS / 4);
                });
    }

    @Test
    void oneThatFailsAtOnceAttractsNothing() {
        withVillain(
                (villain, told) -> {
                    if (told instanceof WorkerBound.Assign assign) {
                        villain.accept(assign);
                        villain.answer(
                                assign,
                                new GatewayBound.Failed(
                                        assign.intent().key(),
                                        assign.attempt(),
                                        villain.worker,
                                        GatewayBound.Cause.FAILED,
                                        "no"));
                        villain.say(new EdgeMessage.ToDispatcher(
                                assign.dispatcher(),
                                new DispatcherBound.WorkerReport(
                                        villain.worker,
                                        new Load(4, 0, false),
                                        List.of(),
                                        List.of(new DispatcherBound.Ended(
                                                assign.intent().key(),
                                                QueryType.CHAT,
                                                DispatcherBound.Outcome.FAILED,
                                                1)))));
                    }
                },
                (user, villain) -> {
                    assertAllAnswered(user, villain);
                    assertThat(assigned(villain)).isBetween(1, INTENTS / 4);
                });
    }

    /** It heeds neither credits nor that it was told to stop. */
    @Test
    void anAnswerWithoutEndIsCutOffAndGivenElsewhere() {
        ListAppender<ILoggingEvent> log = operatorsLog();
        withVillain(sendsOn(1_000), (user, villain) -> {
            Queue<ServerMessage.Restart> restarts = new ConcurrentLinkedQueue<>();
            user.onEach(message -> {
                if (message instanceof ServerMessage.Restart restart) {
                    restarts.add(restart);
                }
            });
            assertAllAnswered(user, villain);
            assertThat(restarts).isNotEmpty().allMatch(restart -> restart.reason()
                    .matches("its (answer has more than|worker sends on though) .*"));
            assertThat(assigned(villain)).isBetween(1, INTENTS / 4);
        });
        assertThat(log.list).as("the operator learns of it").anyMatch(event -> says(event, "gateway.hosts.answer."));
    }

    /** What a gateway writes of its hosts from now on. */
    private static ListAppender<ILoggingEvent> operatorsLog() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        ((Logger) LoggerFactory.getLogger("io.mtor.gateway.hosts.HostSocket")).addAppender(log);
        return log;
    }

    private static boolean says(ILoggingEvent event, String limit) {
        return event.getFormattedMessage().equals("an answer is not let through")
                && event.getKeyValuePairs().toString().contains(limit);
    }

    /** Nobody can have read what it goes on sending, as its client has stopped to read: the gateway does not keep it. */
    @Test
    void whoSendsOnWhileItsClientDoesNotReadIsCutOff() {
        ListAppender<ILoggingEvent> log = operatorsLog();
        try (var realm = TestRealm.start(
                        "",
                        TestHost.gateway(
                                "--gateway.hosts.answer.max-chars", "1000000000", "--gateway.hosts.rate", "256MiB"));
                var user = new TestUser("ada", realm.uri());
                var villain = new Villain(realm.uri(), sendsOn(2_500)).offering()) {
            awaitWorkers(user, 1);
            WebSocket reader = Await.result(
                    Villain.CLIENT.connect(realm.uri().getPort(), realm.uri().getHost(), "/ws"));
            reader.pause();
            reader.writeTextMessage("{\"type\":\"hello\"}");
            reader.writeTextMessage("{\"type\":\"work\",\"guid\":\"" + IntentId.random()
                    + "\",\"query_type\":\"chat\",\"query_text\":\"Hello\",\"stream\":true}");

            Await.until("the answer to be cut off", () -> List.copyOf(log.list).stream()
                    .anyMatch(event -> says(event, "gateway.hosts.answer.ahead")));
            assertThat(assigned(villain)).isPositive();
            Await.result(reader.close());
        }
    }

    /** So many pieces of 10 kB at once, whatever it is told meanwhile. */
    private static BiConsumer<Villain, WorkerBound> sendsOn(int pieces) {
        return (villain, told) -> {
            if (told instanceof WorkerBound.Assign assign) {
                villain.accept(assign);
                for (int seq = 0; seq < pieces; seq++) {
                    villain.answer(
                            assign,
                            new GatewayBound.Text(
                                    assign.intent().key(), assign.attempt(), villain.worker, seq, "x".repeat(10_000)));
                }
            }
        };
    }

    @Test
    void whoAnswersAnotherOnesIntentIsNotHeard() {
        IntentKey[] stolen = new IntentKey[1];
        withVillain(
                (villain, told) -> {
                    if (told instanceof WorkerBound.Assign assign) {
                        IntentKey before = stolen[0];
                        stolen[0] = assign.intent().key();
                        if (before != null) {
                            villain.answer(
                                    assign,
                                    new GatewayBound.Completed(
                                            before, 1, villain.worker, 0, "stolen", null, null, 0, 0));
                        }
                        villain.say(new EdgeMessage.ToGateway(
                                assign.gateway(),
                                new GatewayBound.Completed(
                                        assign.intent().key(),
                                        assign.attempt() + 7,
                                        villain.worker,
                                        0,
                                        "forged",
                                        null,
                                        null,
                                        0,
                                        0,
                                        new Capability(assign.attempt() + 7, Bytes.of(new byte[32])))));
                    }
                },
                (user, villain) -> {
                    assertAllAnswered(user, villain);
                    assertThat(stolen[0]).isNotNull();
                });
    }

    @Test
    void whoBreaksTheRulesIsThrownOutAndToldWhy() {
        try (var realm = realm(GOOD);
                var user = new TestUser("ada", realm.uri())) {
            awaitWorkers(user, 1);
            WorkerId good = user.realm().workers().get(0).workerId();
            assertThrownOut(realm, "does not belong to the name", villain -> villain.announce(good));
            assertThrownOut(
                    realm,
                    "the host has no worker " + good,
                    villain -> villain.say(new EdgeMessage.Said(new Announcement.WorkerLeft(good, 1))));
            assertThrownOut(
                    realm,
                    "a host does not send GatewayLeft",
                    villain -> villain.say(new EdgeMessage.Said(
                            new Announcement.GatewayLeft(welcome(villain).gateway()))));
            assertThrownOut(
                    realm,
                    "a host does not send Withdraw",
                    villain -> villain.say(new EdgeMessage.ToDispatcher(
                            new DispatcherId("d"),
                            new DispatcherBound.Withdraw(new IntentKey(
                                    new UserId("ada"),
                                    user.ask("chat", "Hi").answer().guid())))));
            assertThrownOut(
                    realm,
                    "news is for the other side to say",
                    villain -> villain.say(new EdgeMessage.News(new Announcement.Rollcall("x"))));
            assertThrownOut(realm, "", villain -> villain.socket.writeTextMessage("{\"type\":\"nonsense\"}"));
            assertThrownOut(realm, "", villain -> villain.socket.writeTextMessage("[".repeat(100_000)));
            assertThat(user.ask("chat", "Hello").result().workerId()).isEqualTo(good);
        }
    }

    private static EdgeMessage.Welcome welcome(Villain villain) {
        return villain.heard.stream()
                .filter(EdgeMessage.Welcome.class::isInstance)
                .map(EdgeMessage.Welcome.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void assertThrownOut(TestRealm realm, String why, Consumer<Villain> deed) {
        try (var villain = new Villain(realm.uri(), (v, told) -> {})) {
            Await.until("a welcome", () -> villain.heard.stream().anyMatch(EdgeMessage.Welcome.class::isInstance));
            deed.accept(villain);
            assertThat(villain.thrownOut()).contains(why);
        }
    }

    @Test
    void whoFloodsIsReadNoFasterAndHarmsNobody() {
        try (var realm = TestRealm.start(GOOD, TestHost.gateway("--gateway.hosts.rate", "64KiB"));
                var user = new TestUser("ada", realm.uri());
                var villain = new Villain(realm.uri(), (v, told) -> {}).offering()) {
            awaitWorkers(user, 2);
            villain.slots = 0;
            String right = user.ask("chat", "Hello").result().resultText();
            for (int i = 0; i < 2_000; i++) {
                villain.announce(villain.worker);
            }

            for (int i = 0; i < 20; i++) {
                assertThat(user.ask("chat", "Hello").result().resultText()).isEqualTo(right);
            }
        }
    }

    @Test
    void whoDoesNotProveItsKeyIsThrownOut() {
        try (var realm = realm(GOOD)) {
            HostKey key = HostKey.generate();
            var options = new WebSocketConnectOptions()
                    .setHost(realm.uri().getHost())
                    .setPort(realm.uri().getPort())
                    .setURI("/ws/worker")
                    .putHeader("Authorization", "Bearer " + TestHost.token(Trust.OWN));
            for (EdgeMessage first : List.of(
                    new EdgeMessage.Proof(key.publicKey(), key.sign(Bytes.EMPTY)),
                    new EdgeMessage.Said(new Announcement.Rollcall("x")))) {
                WebSocket socket = Await.result(Villain.CLIENT.connect(options));
                socket.writeTextMessage(EdgeJson.encode(first));
                Await.until("the connection to be ended", socket::isClosed);
                assertThat((int) socket.closeStatusCode()).isEqualTo(1008);
            }
            try (var user = new TestUser("ada", realm.uri())) {
                assertThat(user.ask("nothing", "Hello").failure().code()).isEqualTo(ErrorCode.IMPOSSIBLE);
            }
        }
    }
}
