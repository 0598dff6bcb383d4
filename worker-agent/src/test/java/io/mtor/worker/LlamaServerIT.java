// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Parameters;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.tiny.TinyModel;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.LlamaServer;
import io.mtor.worker.testing.RealmEnds;
import io.vertx.core.Vertx;
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

    private LlamaServer llama(TinyModel model, int slots, int port) {
        server = LlamaServer.start(folder, model, slots, port);
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
                                "--discovery.hungry=200ms"),
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
}
