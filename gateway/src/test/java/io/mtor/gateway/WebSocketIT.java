// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mtor.common.cluster.Membership;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.UserId;
import io.mtor.gateway.testing.FakeRealm;
import io.mtor.gateway.testing.RunningGateway;
import io.mtor.gateway.testing.TestClient;
import io.mtor.gateway.testing.Waiting;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a WebSocket client meets. */
@Timeout(90)
class WebSocketIT {

    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new RunningGateway("--gateway.limits.message=64KiB", "--gateway.limits.media=200KiB");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void shouldWelcomeAndStream() {
        try (TestClient client = gateway.client()) {
            client.say(new ClientMessage.Hello("test", null, new UserId("ada"), null));
            var welcome = client.next(ServerMessage.Welcome.class);
            assertThat(welcome.userId()).isEqualTo(new UserId("ada"));
            assertThat(welcome.queryTypes()).containsExactly(QueryType.CHAT, QueryType.VISION);
            assertThat(welcome.limits().maxMessageBytes()).isEqualTo(64 * 1024);

            IntentId guid = client.ask("say Hello there");

            assertThat(client.next()).isEqualTo(new ServerMessage.Ack(guid, QueryType.CHAT, null));
            assertThat(client.next())
                    .isEqualTo(new ServerMessage.Accepted(guid, FakeRealm.WORKER, "fake-model", 1, true));
            assertThat(client.next()).isEqualTo(new ServerMessage.Chunk(guid, 0, "Hello ", null, null));
            assertThat(client.next()).isEqualTo(new ServerMessage.Chunk(guid, 1, "there", null, null));
            var result = client.next(ServerMessage.Result.class);
            assertThat(result.resultText()).isEqualTo("Hello there");
            assertThat(result.timing().dispatchUs()).isEqualTo(12);
        }
    }

    @Test
    void shouldAnswerTheSeedsClientWithNothingButTheResult() {
        try (TestClient client = gateway.client()) {
            client.sayRaw("{\"type\":\"ping\",\"guid\":\"abc\"}");
            assertThat(client.next()).isEqualTo(new ServerMessage.Pong("abc"));
            client.sayRaw("{\"type\":\"pong\",\"guid\":\"abc\"}");

            IntentId guid = IntentId.random();
            client.sayRaw("{\"type\":\"work\",\"guid\":\"" + guid
                    + "\",\"query_type\":\"chat\",\"query_text\":\"say Hi\",\"user_id\":\"bob\"}");

            assertThat(client.next(ServerMessage.Result.class).resultText()).isEqualTo("Hi");
            assertThat(gateway.realm.placed).containsKey(new IntentKey(new UserId("bob"), guid));
        }
    }

    @Test
    void shouldSayWhatItUnderstood() {
        try (TestClient client = gateway.client()) {
            client.say(ClientMessage.Work.of(IntentId.random(), QueryType.AUTO, "say Hi", null)
                    .streamed());

            var ack = client.next(ServerMessage.Ack.class);
            assertThat(ack.queryType()).isNotEqualTo(QueryType.AUTO);
            assertThat(ack.confidence()).isNotNull();
        }
    }

    @Test
    void shouldCancelOnceAndStopTheWorker() throws InterruptedException {
        try (TestClient client = gateway.client()) {
            client.say(new ClientMessage.Hello(null, null, new UserId("carl"), null));
            client.next(ServerMessage.Welcome.class);
            IntentId guid = client.ask("hang");
            client.next(ServerMessage.Ack.class);
            client.next(ServerMessage.Accepted.class);

            client.say(new ClientMessage.Cancel(guid, null));
            client.say(new ClientMessage.Cancel(guid, null));

            var end = client.next(ServerMessage.Failure.class);
            assertThat(end.guid()).isEqualTo(guid);
            assertThat(end.code()).isEqualTo(ErrorCode.CANCELLED);
            assertThat(client.next(ServerMessage.Failure.class).guid()).isNull();
            assertThat(gateway.realm.cancelled.poll(10, TimeUnit.SECONDS))
                    .isEqualTo(new IntentKey(new UserId("carl"), guid));
        }
    }

    @Test
    void shouldPassOnFailuresAndRestarts() {
        try (TestClient client = gateway.client()) {
            client.ask("refuse");
            assertThat(((ServerMessage.Failure) last(client.untilTheEnd())).code())
                    .isEqualTo(ErrorCode.IMPOSSIBLE);
            client.ask("fail");
            assertThat(((ServerMessage.Failure) last(client.untilTheEnd())).code())
                    .isEqualTo(ErrorCode.WORKER_ERROR);
            client.ask("again");
            List<ServerMessage> all = client.untilTheEnd();
            assertThat(all).hasAtLeastOneElementOfType(ServerMessage.Restart.class);
            assertThat(((ServerMessage.Result) last(all)).resultText()).isEqualTo("new");
        }
    }

    @Test
    void shouldShowTheRealmToThoseWhoWatch() {
        try (TestClient client = gateway.client()) {
            client.say(new ClientMessage.Watch("realm", true));

            var realm = client.next(ServerMessage.Realm.class);

            assertThat(realm.workers()).singleElement().satisfies(worker -> assertThat(worker.workerId())
                    .isEqualTo(FakeRealm.WORKER));
            assertThat(realm.dispatchers()).isOne();
        }
    }

    @Test
    void shouldSurviveNonsense() {
        try (TestClient client = gateway.client()) {
            for (String nonsense : List.of("", "{", "[]", "{\"type\":\"dance\"}", "{\"type\":\"work\",\"guid\":1}")) {
                client.sayRaw(nonsense);
                assertThat(client.next(ServerMessage.Failure.class).code()).isEqualTo(ErrorCode.BAD_REQUEST);
            }
            client.socket().writeBinaryMessage(Buffer.buffer(new byte[] {9, 1, 2}));
            assertThat(client.next(ServerMessage.Failure.class).message()).contains("binary stream 9");

            client.sayRaw("{\"type\":\"ping\",\"guid\":\"still here\"}".replace(' ', '-'));
            assertThat(client.next()).isEqualTo(new ServerMessage.Pong("still-here"));
        }
    }

    @Test
    void shouldAnswerAMessageThatIsTooLargeAndCloseOnOneFarTooLarge() {
        try (TestClient client = gateway.client()) {
            client.sayRaw("{\"type\":\"ping\",\"x\":\"" + "x".repeat(70_000) + "\"}");
            assertThat(client.next(ServerMessage.Failure.class).code()).isEqualTo(ErrorCode.TOO_LARGE);
            client.sayRaw("{\"type\":\"ping\",\"guid\":\"a\"}");
            assertThat(client.next()).isEqualTo(new ServerMessage.Pong("a"));

            client.sayRaw("{\"type\":\"ping\",\"x\":\"" + "x".repeat(200_000) + "\"}");
            client.closeCode();
        }
    }

    @Test
    void shouldLetOnlyItsOwnPagesIn() {
        assertThat(upgrade("/ws", null)).isEqualTo(101);
        assertThat(upgrade("/ws", "http://127.0.0.1:" + gateway.port)).isEqualTo(101);
        assertThat(upgrade("/ws", "https://evil.example")).isEqualTo(403);
        assertThat(upgrade("/ws", "null")).isEqualTo(403);
        assertThat(upgrade("/ws", "http://127.0.0.1:1")).isEqualTo(403);
        assertThat(upgrade("/elsewhere", null)).isEqualTo(404);
        assertThat(upgrade("/ws/worker", null)).isEqualTo(401);
    }

    private static int upgrade(String path, @Nullable String origin) {
        var options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port)
                .setURI(path);
        if (origin != null) {
            options.addHeader("Origin", origin);
        }
        // A client that nobody holds is closed with its connections when its memory is collected.
        WebSocketClient client = gateway.vertx().createWebSocketClient();
        try {
            client.connect(options).await().close().await();
            return 101;
        } catch (UpgradeRejectedException e) {
            return e.getStatus();
        } finally {
            client.close().await();
        }
    }

    @Test
    void shouldTakePicturesInBinaryFrames() {
        try (TestClient client = gateway.client()) {
            client.say(new ClientMessage.Hello(null, null, new UserId("dora"), null));
            client.next(ServerMessage.Welcome.class);
            IntentId guid = IntentId.random();
            client.say(seen(guid, Media.streamed("image/png", 5)));
            client.socket().writeBinaryMessage(Buffer.buffer(new byte[] {5, 1, 2}));
            client.socket().writeBinaryMessage(Buffer.buffer(new byte[] {5, 3}));
            client.socket().writeBinaryMessage(Buffer.buffer(new byte[] {5}));

            assertThat(client.next(ServerMessage.Result.class).guid()).isEqualTo(guid);
            var placed = gateway.realm.placed.get(new IntentKey(new UserId("dora"), guid));
            assertThat(placed).isNotNull();
            assertThat(Objects.requireNonNull(placed).media())
                    .containsExactly(Media.whole("image/png", Bytes.of(new byte[] {1, 2, 3})));
        }
    }

    @Test
    void shouldEndAnUploadThatIsCancelledOrTooLarge() {
        try (TestClient client = gateway.client()) {
            IntentId guid = IntentId.random();
            client.say(seen(guid, Media.streamed("image/png", 5)));
            client.say(new ClientMessage.Cancel(guid, null));
            var cancelled = client.next(ServerMessage.Failure.class);
            assertThat(cancelled.guid()).isEqualTo(guid);
            assertThat(cancelled.code()).isEqualTo(ErrorCode.CANCELLED);

            IntentId large = IntentId.random();
            client.say(seen(large, Media.streamed("image/png", 5)));
            for (int i = 0; i < 3; i++) {
                client.socket().writeBinaryMessage(Buffer.buffer(new byte[] {5}).appendBytes(new byte[100_000]));
            }
            var tooLarge = client.next(ServerMessage.Failure.class);
            assertThat(tooLarge.guid()).isEqualTo(large);
            assertThat(tooLarge.code()).isEqualTo(ErrorCode.TOO_LARGE);
        }
    }

    private static ClientMessage.Work seen(IntentId guid, Media media) {
        return new ClientMessage.Work(
                guid,
                QueryType.VISION,
                "say seen",
                null,
                null,
                null,
                List.of(media),
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void shouldSendPicturesInBinaryFrames() throws InterruptedException {
        try (TestClient client = gateway.client()) {
            client.ask("paint 1000");

            ServerMessage.Chunk opening = client.untilTheEnd().stream()
                    .filter(ServerMessage.Chunk.class::isInstance)
                    .map(ServerMessage.Chunk.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(opening.mediaType()).isEqualTo("image/png");
            short stream = Objects.requireNonNull(opening.stream()).shortValue();
            int bytes = 0;
            Buffer frame;
            do {
                frame = Objects.requireNonNull(client.binary.poll(10, TimeUnit.SECONDS));
                assertThat(frame.getUnsignedByte(0)).isEqualTo(stream);
                bytes += frame.length() - 1;
            } while (frame.length() > 1);
            assertThat(bytes).isEqualTo(1_000);
        }
    }

    @Test
    void shouldKeepTwoUsersWithOneGuidApart() {
        try (TestClient ada = gateway.client();
                TestClient bob = gateway.client()) {
            IntentId guid = IntentId.random();
            ada.say(ClientMessage.Work.of(guid, QueryType.CHAT, "say for ada", new UserId("u-ada")));
            bob.say(ClientMessage.Work.of(guid, QueryType.CHAT, "say for bob", new UserId("u-bob")));

            assertThat(ada.next(ServerMessage.Result.class).resultText()).isEqualTo("for ada");
            assertThat(bob.next(ServerMessage.Result.class).resultText()).isEqualTo("for bob");
        }
    }

    @Test
    void shouldHandAnIntentOverToTheSameUsersNewConnection() {
        try (TestClient first = gateway.client();
                TestClient second = gateway.client()) {
            IntentId guid = IntentId.random();
            var work = ClientMessage.Work.of(guid, QueryType.CHAT, "later 700 done", new UserId("eve"));
            first.say(work);
            Waiting.until(() -> gateway.realm.placed.containsKey(new IntentKey(new UserId("eve"), guid)), "placed");
            second.say(work);

            assertThat(second.next(ServerMessage.Result.class).resultText()).isEqualTo("done");
            assertThat(first.heard).isEmpty();
        }
    }

    @Test
    void shouldRefuseAGuidThatIsInUse() {
        try (TestClient first = gateway.client();
                TestClient second = gateway.client()) {
            IntentId guid = IntentId.random();
            first.say(ClientMessage.Work.of(guid, QueryType.CHAT, "hang", new UserId("fay")));
            Waiting.until(() -> gateway.realm.placed.containsKey(new IntentKey(new UserId("fay"), guid)), "placed");

            second.say(ClientMessage.Work.of(guid, QueryType.CHAT, "something else", new UserId("fay")));
            assertThat(second.next(ServerMessage.Failure.class).guid()).isEqualTo(guid);

            first.say(ClientMessage.Work.of(guid, QueryType.CHAT, "say hello", new UserId("another")));
            var refused = first.next(ServerMessage.Failure.class);
            assertThat(refused.guid())
                    .as("the intent that is open keeps its own end")
                    .isNull();
        }
    }

    @Test
    void shouldCutOffFloodsOfControlAndEmptyFrames() {
        try (TestClient pings = gateway.client();
                TestClient empties = gateway.client();
                TestClient steady = gateway.client()) {
            for (int i = 0; i < 2_000; i++) {
                pings.socket().writePing(Buffer.buffer("x"));
            }
            for (int i = 0; i < 2_000; i++) {
                empties.socket().writeFrame(io.vertx.core.http.WebSocketFrame.textFrame("", false));
            }

            pings.closeCode();
            empties.closeCode();
            steady.ask("say still here");
            assertThat(((ServerMessage.Result) last(steady.untilTheEnd())).resultText())
                    .isEqualTo("still here");
        }
    }

    @Test
    void shouldKeepAnsweringWhileHundredsComeAndGo() {
        try (TestClient steady = gateway.client()) {
            List<TestClient> others = new ArrayList<>();
            for (int round = 0; round < 300; round++) {
                TestClient other = gateway.client();
                other.ask(round % 2 == 0 ? "hang" : "say hi");
                others.add(other);
                if (round % 3 == 0) {
                    others.remove(0).close();
                }
                if (round % 20 == 0) {
                    steady.ask("say steady");
                    assertThat(((ServerMessage.Result) last(steady.untilTheEnd())).resultText())
                            .isEqualTo("steady");
                }
            }
            others.forEach(TestClient::close);
        }
        Waiting.until(
                () -> gateway.get("/metrics").body().contains("mtor_gateway_sessions 0.0"), "all connections are gone");
    }

    @Test
    void shouldNameHostAndPortThatAreInUse() {
        var config = RunningGateway.config("--gateway.port=" + gateway.port);
        var second =
                new GatewayVerticle(config, Membership.local(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));

        assertThatThrownBy(() -> gateway.vertx().deployVerticle(second).await())
                .hasMessageContaining("127.0.0.1:" + gateway.port);
    }

    private static ServerMessage last(List<ServerMessage> messages) {
        return messages.get(messages.size() - 1);
    }
}
