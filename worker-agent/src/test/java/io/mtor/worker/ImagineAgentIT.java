// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.ComfyStub;
import io.mtor.worker.testing.ComfyStub.Version;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Paintings;
import io.mtor.worker.testing.RealmEnds;
import io.mtor.worker.testing.Received;
import io.mtor.worker.testing.ServerStub;
import io.mtor.worker.testing.WebUiStub;
import io.mtor.worker.testing.WebUiStub.Flavour;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole worker-agent finds servers of pictures and has them do intents. */
class ImagineAgentIT {

    private static final byte[] PICTURE = Paintings.png(64);

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** The worker that an agent makes of the server on this port. */
    private WorkerAnnouncement joined(int port, String... more) {
        List<String> flags = new ArrayList<>(List.of(
                "--worker.demo=false",
                "--worker.programs=false",
                "--worker.drain=0s",
                "--discovery.every=200ms",
                "--discovery.hungry=200ms",
                "--discovery.ports=" + port));
        flags.addAll(List.of(more));
        WorkerAgentConfig config = ConfigLoader.load(WorkerAgentConfig.class, Aliases.none(), flags, Map.of())
                .config();
        vertx.deployVerticle(new WorkerAgentVerticle(config, Membership.local(), new Random(1)))
                .await();
        return realm.awaitAnnounced(WorkerAnnouncement.class, each -> true);
    }

    private void assign(WorkerAnnouncement worker, Intent intent) {
        realm.bus().send(Addresses.worker(worker.worker()), Intents.assign(intent));
    }

    private static Intent fox(int n) {
        return Intents.intent(n, QueryType.IMAGINE, "a fox under birches", null, List.of());
    }

    private void assertPainted(Intent intent, String model) {
        var completed = realm.awaitGateway(
                GatewayBound.Completed.class, each -> each.key().equals(intent.key()));
        var part = realm.awaitGateway(GatewayBound.MediaPart.class);
        assertThat(completed.model()).isEqualTo(model);
        assertThat(part.mediaType()).isEqualTo("image/png");
        assertThat(part.data().array()).isEqualTo(PICTURE);
    }

    @Test
    void shouldPaintByComfyUi() {
        // Given
        var stub = new ComfyStub(Version.NEW).checkpoints("sd_xl_base_1.0.safetensors");
        WorkerAnnouncement worker = joined(stub.listen(vertx));
        assertThat(worker.worker().value()).matches(".*\\.comfyui-[a-z2-7]{6}");
        assertThat(worker.serves()).containsExactly(new Offer(QueryType.IMAGINE, List.of("sd_xl_base_1.0")));

        // When
        assign(worker, fox(1));
        stub.awaitPrompt();
        stub.paints("a.png", "temp", PICTURE);
        stub.finish();

        // Then
        assertPainted(fox(1), "sd_xl_base_1.0");
    }

    @Test
    void shouldPaintByAWorkflowOfTheHost(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(
                folder.resolve("flux.json"),
                "{\"1\":{\"class_type\":\"Flux\",\"inputs\":{\"words\":\"{prompt}\",\"seed\":\"{seed}\"}}}");
        var stub = new ComfyStub(Version.MIDDLE).checkpoints();
        WorkerAnnouncement worker = joined(stub.listen(vertx), "--imagine.workflows=" + folder);

        // When
        assign(worker, fox(1));
        stub.awaitPrompt();
        stub.paints("a.png", "output", PICTURE);
        stub.finish();

        // Then
        assertPainted(fox(1), "comfy:flux");
        assertThat(stub.submitted().getFirst().getJsonObject("prompt").encode()).contains("a fox under birches");
    }

    private static String koboldCppSays(String picture) {
        return "{\"images\":[\"" + picture + "\"],\"parameters\":{},\"info\":\"\"}";
    }

    /** Replies as in koboldcpp.py of 1.76. */
    @Test
    void shouldPaintByKoboldCpp() {
        // Given
        List<Received> received = new CopyOnWriteArrayList<>();
        var stub = ServerStub.of("koboldcpp-1.76-pictures")
                .answers(
                        "/sdapi/v1/txt2img",
                        received::add,
                        "application/json",
                        koboldCppSays(Base64.getEncoder().encodeToString(PICTURE)));
        WorkerAnnouncement worker = joined(stub.listen(vertx));
        assertThat(worker.serves()).extracting(Offer::queryType).containsExactly(QueryType.IMAGINE);

        // When
        assign(worker, fox(1));

        // Then
        assertPainted(fox(1), worker.serves().getFirst().models().getFirst());
        assertThat(received.getFirst().file().toString())
                .contains("\"prompt\":\"a fox under birches\"", "\"steps\":20", "\"width\":512");
    }

    /** It says so with a picture that is none. */
    @Test
    void shouldTellThatKoboldCppPaintedNothing() {
        // Given
        var stub = ServerStub.of("koboldcpp-1.76-pictures")
                .answers("/sdapi/v1/txt2img", seen -> {}, "application/json", koboldCppSays(""));
        WorkerAnnouncement worker = joined(stub.listen(vertx));

        // When
        assign(worker, fox(1));

        // Then
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(GatewayBound.Cause.FAILED);
    }

    @Test
    void shouldLookBusyWhileComfyUiWorksForOthersAndFreeAfterwards() {
        // Given
        var stub = new ComfyStub(Version.NEW);
        WorkerAnnouncement worker = joined(stub.listen(vertx));
        assertThat(worker.load().slots()).isEqualTo(1);

        // When
        stub.runsForeign();

        // Then
        realm.awaitAnnounced(WorkerAnnouncement.class, each -> each.load().slots() == 0);
        assign(worker, fox(1));
        realm.awaitDispatcher(
                DispatcherBound.Refused.class, each -> each.reason() == DispatcherBound.Reason.NO_FREE_SLOT);

        // When
        stub.endForeign();

        // Then
        Await.until("a free slot", () -> {
            List<WorkerAnnouncement> all = realm.announced().stream()
                    .filter(WorkerAnnouncement.class::isInstance)
                    .map(WorkerAnnouncement.class::cast)
                    .toList();
            return all.getLast().load().slots() == 1;
        });
    }

    @Test
    void shouldStopTheServerWhenTheIntentIsCancelled() {
        // Given
        var stub = new ComfyStub(Version.OLD);
        WorkerAnnouncement worker = joined(stub.listen(vertx));
        assign(worker, fox(1));
        String id = stub.awaitPrompt();

        // When
        realm.bus().send(Addresses.worker(worker.worker()), new WorkerBound.Cancel(fox(1).key(), 1));

        // Then
        Await.until("it to be stopped", () -> stub.stopped().contains(id));
    }

    @Test
    void shouldWithdrawAModelThatIsRemoved() {
        // Given
        var stub = new ComfyStub(Version.NEW).checkpoints("a.ckpt", "b.ckpt");
        joined(stub.listen(vertx));

        // When
        stub.checkpoints("b.ckpt");

        // Then
        realm.awaitAnnounced(WorkerAnnouncement.class, each -> each.serves()
                .equals(List.of(new Offer(QueryType.IMAGINE, List.of("b")))));
    }

    @Test
    void shouldPaintByAWebUi() {
        // Given
        var stub = new WebUiStub(Flavour.A1111);
        WorkerAnnouncement worker = joined(stub.listen(vertx));
        assertThat(worker.worker().value()).matches(".*\\.a1111-[a-z2-7]{6}");

        // When
        assign(worker, fox(1));
        stub.awaitTask();
        stub.answersWith(PICTURE);

        // Then
        assertPainted(fox(1), "dream");
        assertThat(stub.submitted()
                        .getFirst()
                        .getJsonObject("override_settings")
                        .getString("sd_model_checkpoint"))
                .isEqualTo("dream.safetensors [879db523c3]");
    }

    @Test
    void shouldKnowSdNext() {
        WorkerAnnouncement worker = joined(new WebUiStub(Flavour.SD_NEXT).listen(vertx));
        assertThat(worker.worker().value()).matches(".*\\.sd-next-[a-z2-7]{6}");
    }
}
