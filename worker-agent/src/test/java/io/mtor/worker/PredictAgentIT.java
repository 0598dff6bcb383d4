// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Announcement.WorkerLeft;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.config.Key;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RealmEnds;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of the host's own, which the configuration names, does intents. */
class PredictAgentIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer program = vertx.createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .await();

    @BeforeEach
    void start() throws IOException {
        Path file = folder.resolve("worker.toml");
        Files.writeString(file, """
                [[agent.model_server]]
                url = "http://127.0.0.1:%d"
                predict = ["chat", "imagine"]
                slots = 3
                """.formatted(program.actualPort()));
        WorkerAgentConfig config = ConfigLoader.load(
                        AgentFile.class,
                        Aliases.none(),
                        List.of(
                                "--config",
                                file.toString(),
                                "--agent.worker.demo=false",
                                "--agent.worker.programs=false",
                                "--agent.worker.drain=0s",
                                "--agent.discovery.on=false",
                                "--agent.discovery.every=100ms",
                                "--agent.discovery.hungry=100ms"),
                        Map.of())
                .config()
                .agent();
        vertx.deployVerticle(new WorkerAgentVerticle(config, Membership.local(), new Random(1)))
                .await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** As the whole configuration has it. */
    record AgentFile(@Key(doc = "the agent") WorkerAgentConfig agent) {}

    private void handle(HttpServerRequest request) {
        if (!request.path().equals("/predict")) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.bodyHandler(body -> {
            asked.add(body.toString());
            request.response()
                    .setStatusCode(body.toString().contains("fail") ? 500 : 200)
                    .putHeader("Content-Type", "application/json")
                    .end(
                            body.toString().contains("imagine")
                                    ? "{\"image\":\"R0lGODlhAQ==\"}"
                                    : "{\"response\":\"Hi\"}");
        });
    }

    private WorkerAnnouncement joined() {
        return realm.awaitAnnounced(WorkerAnnouncement.class, each -> true);
    }

    private void assign(Intent intent) {
        realm.bus().send(Addresses.worker(joined().worker()), Intents.assign(intent));
    }

    @Test
    void shouldAnnounceWhatTheConfigurationSaysAndNothingElse() {
        assertThat(joined().worker().value()).matches(".*\\.predict-[a-z2-7]{6}");
        assertThat(joined().serves())
                .containsExactly(new Offer(QueryType.CHAT, List.of()), new Offer(QueryType.IMAGINE, List.of()));
        assertThat(joined().load().slots()).isEqualTo(3);
    }

    @Test
    void shouldAskItForATextAndForAPicture() {
        // When
        assign(Intents.chat(1, "hello"));
        assign(Intents.intent(2, QueryType.IMAGINE, "a hill", null, List.of()));

        // Then
        assertThat(realm.awaitGateway(
                                GatewayBound.Completed.class, each -> each.key().equals(Intents.key(1)))
                        .text())
                .isEqualTo("Hi");
        var picture = realm.awaitGateway(GatewayBound.MediaPart.class);
        assertThat(picture.mediaType()).isEqualTo("image/gif");
        assertThat(picture.key()).isEqualTo(Intents.key(2));
        assertThat(asked)
                .containsExactlyInAnyOrder(
                        "{\"prompt\":\"hello\",\"type\":\"chat\",\"model_type\":\"chat\"}",
                        "{\"prompt\":\"a hill\",\"type\":\"imagine\",\"model_type\":\"imagine\"}");
    }

    @Test
    void shouldSayThatItFailed() {
        assign(Intents.chat(1, "fail"));
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(Cause.FAILED);
    }

    @Test
    void shouldTakeItOutWhenItIsGone() {
        // Given
        WorkerAnnouncement worker = joined();

        // When
        program.close().await();

        // Then
        realm.awaitAnnounced(WorkerLeft.class, left -> left.worker().equals(worker.worker()));
    }
}
