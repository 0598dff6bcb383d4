// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.tiny.TinyModel;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.LlamaServer;
import io.mtor.worker.testing.RealmEnds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker-agent against a genuine llama-server. */
class LlamaServerIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    private @Nullable LlamaServer server;

    @AfterEach
    void close() {
        vertx.close().await();
        if (server != null) {
            server.close();
        }
    }

    private LlamaServer llama(TinyModel model, int slots, int port, String... more) {
        server = LlamaServer.start(folder, model, slots, port, more);
        return server;
    }

    private void agentLookingAt(int port) {
        WorkerAgentConfig config = ConfigLoader.load(
                        WorkerAgentConfig.class,
                        Aliases.none(),
                        List.of(
                                "--worker.demo=false",
                                "--worker.programs=false",
                                "--worker.drain=0s",
                                "--discovery.ports=" + port,
                                "--discovery.every=200ms",
                                "--discovery.hungry=200ms",
                                "--discovery.busy=100ms"),
                        Map.of())
                .config();
        vertx.deployVerticle(new WorkerAgentVerticle(config, Membership.local(), new Random(1)))
                .await();
    }

    private WorkerAnnouncement joined() {
        return realm.awaitAnnounced(WorkerAnnouncement.class, each -> true);
    }

    private void assign(WorkerAnnouncement worker, Intent intent) {
        realm.bus().send(Addresses.worker(worker.worker()), Intents.assign(intent));
    }

    private static Intent asking(int n, int maxTokens) {
        Intent chat = Intents.chat(n, "tell me");
        return new Intent(
                chat.key(),
                chat.queryType(),
                chat.text(),
                null,
                List.of(),
                List.of(),
                new Parameters("{\"max_tokens\":" + maxTokens + "}"),
                chat.priority(),
                chat.privacy(),
                false,
                null);
    }

    @Test
    void shouldStreamWhatTheModelSays() {
        // Given
        LlamaServer llama =
                llama(TinyModel.ofSentences(), 2, LlamaServer.freePort()).awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();
        assertThat(worker.serves()).containsExactly(new Offer(QueryType.CHAT, List.of("tiny")));
        assertThat(worker.load().slots()).isEqualTo(2);
        assertThat(worker.worker().value()).matches(".*\\.llama-cpp-[a-z2-7]{6}");

        // When
        assign(worker, asking(1, 200));

        // Then
        var completed = realm.awaitGateway(GatewayBound.Completed.class);
        assertThat(Pattern.compile("\\s+").splitAsStream(completed.text().strip()))
                .isSubsetOf(TinyModel.ofSentences().words());
        assertThat(realm.text()).isEqualTo(completed.text()).endsWith(".");
        assertThat(completed.model()).isEqualTo("tiny");
        assertThat(completed.usage()).isNotNull();
    }

    @Test
    void shouldJoinWhenTheModelIsLoadedAndLeaveWhenTheServerDies() {
        // Given
        int port = LlamaServer.freePort();
        LlamaServer.program();
        agentLookingAt(port);
        LlamaServer llama = llama(TinyModel.ofSentences(), 1, port);
        WorkerAnnouncement worker = joined();

        // When
        llama.kill();

        // Then
        realm.awaitAnnounced(WorkerLeft.class, left -> left.worker().equals(worker.worker()));
        realm.announced().clear();
        llama(TinyModel.ofSentences(), 1, port);
        assertThat(joined().incarnation()).isNotEqualTo(worker.incarnation());
    }

    @Test
    void shouldFreeTheSlotOfTheModelServerWhenItIsCancelled() {
        // Given
        LlamaServer llama =
                llama(TinyModel.ofEndlessSentences(), 1, LlamaServer.freePort()).awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();
        assign(worker, asking(1, 1_000_000));
        realm.awaitGateway(GatewayBound.Text.class);
        assertThat(llama.busySlots()).isEqualTo(1);

        // When
        realm.bus().send(Addresses.worker(worker.worker()), new WorkerBound.Cancel(Intents.key(1), 1));

        // Then
        Await.until("the slot to be free", () -> llama.busySlots() == 0);
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(Cause.CANCELLED);
        realm.awaitDispatcher(
                DispatcherBound.WorkerReport.class, report -> report.load().free() == 1);
    }

    @Test
    void shouldHoldTheModelServerUpWhileTheClientTakesNothing() {
        // Given
        LlamaServer llama =
                llama(TinyModel.ofEndlessSentences(), 1, LlamaServer.freePort()).awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();
        assign(worker, asking(1, 1_000_000));

        // When
        realm.awaitGateway(GatewayBound.Text.class, text -> text.seq() == 255);
        realm.bus().send(Addresses.worker(worker.worker()), new WorkerBound.Credit(Intents.key(1), 1, 99));

        // Then
        realm.awaitGateway(GatewayBound.Text.class, text -> text.seq() == 355);
        assertThat(realm.atGateway()).noneMatch(each -> each instanceof GatewayBound.Text text && text.seq() > 355);
        realm.bus().send(Addresses.worker(worker.worker()), new WorkerBound.Cancel(Intents.key(1), 1));
        realm.awaitGateway(GatewayBound.Failed.class);
    }

    @Test
    void shouldSayThatItBrokeOffWhenTheServerIsKilledMidway() {
        // Given
        LlamaServer llama =
                llama(TinyModel.ofEndlessSentences(), 1, LlamaServer.freePort()).awaitReady();
        agentLookingAt(llama.port());
        assign(joined(), asking(1, 1_000_000));
        realm.awaitGateway(GatewayBound.Text.class);

        // When
        llama.kill();

        // Then
        var failed = realm.awaitGateway(GatewayBound.Failed.class);
        assertThat(failed.cause()).isIn(Cause.FAILED, Cause.GONE);
    }

    @Test
    void shouldRefuseAModelThatTheServerWouldSilentlyReplace() {
        // Given
        LlamaServer llama =
                llama(TinyModel.ofSentences(), 1, LlamaServer.freePort()).awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();

        // When
        assign(worker, Intents.intent(1, QueryType.CHAT, "hello", "another-model", List.of()));

        // Then
        var refused = realm.awaitDispatcher(DispatcherBound.Refused.class, each -> true);
        assertThat(refused.reason()).isEqualTo(DispatcherBound.Reason.NOT_SERVED);
    }

    @Test
    void shouldRefuseWhatHasNoFreeSlotInsteadOfQueueingItAtTheServer() {
        // Given
        LlamaServer llama =
                llama(TinyModel.ofEndlessSentences(), 2, LlamaServer.freePort()).awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();
        assign(worker, asking(1, 1_000_000));
        assign(worker, asking(2, 1_000_000));

        // When
        assign(worker, asking(3, 10));

        // Then
        var refused = realm.awaitDispatcher(DispatcherBound.Refused.class, each -> true);
        assertThat(refused.reason()).isEqualTo(DispatcherBound.Reason.NO_FREE_SLOT);
        assertThat(refused.key()).isEqualTo(Intents.key(3));
        Await.until("both slots to work", () -> llama.busySlots() == 2);
    }

    @Test
    void shouldLeaveItsSlotToAnotherClientOfTheServer() {
        // Given
        LlamaServer llama =
                llama(TinyModel.ofEndlessSentences(), 2, LlamaServer.freePort()).awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();
        assign(worker, asking(1, 1_000_000));
        realm.awaitGateway(GatewayBound.Text.class);

        // When
        Future<HttpClientResponse> other = otherClient(llama);

        // Then: ours and the other's are told apart.
        WorkerAnnouncement shrunk = realm.awaitAnnounced(
                WorkerAnnouncement.class, each -> each.load().slots() < 2);
        assertThat(shrunk.load().slots()).isEqualTo(1);
        assertThat(shrunk.load().inFlight()).isEqualTo(1);

        // When
        realm.announced().clear();
        other.await().request().connection().close();

        // Then
        realm.awaitAnnounced(WorkerAnnouncement.class, each -> each.load().slots() == 2);
    }

    /** Some program on this host that uses the server, too. */
    private Future<HttpClientResponse> otherClient(LlamaServer llama) {
        String chat = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"tell me\"}]}";
        return vertx.createHttpClient()
                .request(HttpMethod.POST, llama.port(), "127.0.0.1", "/v1/chat/completions")
                .compose(request ->
                        request.putHeader("Content-Type", "application/json").send(chat));
    }

    @Test
    void shouldEmbedByTheRealServer() throws IOException {
        // Given
        LlamaServer llama = llama(
                        TinyModel.ofSentences(),
                        2,
                        LlamaServer.freePort(),
                        "--embeddings",
                        "--pooling",
                        "mean",
                        "--alias",
                        "tiny-embed")
                .awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();
        assertThat(worker.serves()).containsExactly(new Offer(QueryType.EMBED, List.of("tiny-embed")));

        // When
        assign(worker, Intents.intent(1, QueryType.EMBED, "tell me", null, List.of(texts("a worker", "tell me"))));

        // Then
        var completed = realm.awaitGateway(GatewayBound.Completed.class);
        JsonNode vectors = new ObjectMapper().readTree(completed.text()).path("embeddings");
        assertThat(vectors).hasSize(3);
        assertThat(vectors.get(0)).isNotEmpty().isEqualTo(vectors.get(2)).isNotEqualTo(vectors.get(1));
        assertThat(completed.model()).isEqualTo("tiny-embed");
    }

    @Test
    void shouldRerankByTheRealServer() {
        // Given
        LlamaServer llama = llama(
                        TinyModel.ofSentences(), 2, LlamaServer.freePort(), "--reranking", "--alias", "tiny-rerank")
                .awaitReady();
        agentLookingAt(llama.port());
        WorkerAnnouncement worker = joined();
        assertThat(worker.serves()).containsExactly(new Offer(QueryType.RERANK, List.of("tiny-rerank")));

        // When
        assign(worker, Intents.intent(1, QueryType.RERANK, "tell me", null, List.of(texts("a worker", "an intent"))));

        // Then: this model has no opinion, but an answer.
        assertThat(realm.awaitGateway(GatewayBound.Completed.class).text())
                .matches("\\{\"results\":\\[\\{\"index\":[01],\"relevance_score\":[^}]+},"
                        + "\\{\"index\":[01],\"relevance_score\":[^}]+}]}");
    }

    @Test
    void shouldSayThatAServerWhichOnlyChatsDoesNotEmbed() {
        // Given: its name promises too much.
        LlamaServer llama = llama(TinyModel.ofSentences(), 1, LlamaServer.freePort(), "--alias", "tiny-embed")
                .awaitReady();
        agentLookingAt(llama.port());

        // When
        assign(joined(), Intents.intent(1, QueryType.EMBED, "tell me", null, List.of()));

        // Then
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(Cause.BAD_INPUT);
    }

    private static Media texts(String... texts) {
        String array = "[\"" + String.join("\",\"", texts) + "\"]";
        return Media.whole("application/json", Bytes.of(array.getBytes(StandardCharsets.UTF_8)));
    }
}
