// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.sim.Behaviour;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RealmEnds;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerAgentVerticleTest {

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    private String deployment = "";

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private WorkerAgentVerticle agent(WorkerAgentConfig config) {
        var agent = new WorkerAgentVerticle(config, Membership.local(), new Random(1));
        deployment = vertx.deployVerticle(agent).await();
        return agent;
    }

    private static WorkerAgentConfig simulated(Behaviour behaviour, Duration work) {
        return WorkerAgentConfig.byDefault()
                .onlySimulated(new WorkerAgentConfig.Simulated(
                        QueryType.CHAT, List.of("sim"), 1, 2, work, 4, 10, false, behaviour));
    }

    private static WorkerAgentConfig draining(WorkerAgentConfig config, Duration limit) {
        return new WorkerAgentConfig(
                new WorkerAgentConfig.Agent(null, false, false, limit, Trust.OWN, List.of(), null),
                config.discovery(),
                config.answer(),
                config.replay(),
                List.of(),
                List.of(),
                config.simulated(),
                config.imagine());
    }

    private WorkerId joined() {
        return realm.awaitAnnounced(Announcement.WorkerAnnouncement.class, each -> true)
                .worker();
    }

    @Test
    void shouldTakeNothingWhileAnOperatorDrainsIt() {
        // Given
        agent(simulated(Behaviour.ANSWER, Duration.ZERO));
        WorkerId worker = joined();

        // When
        realm.bus().send(Addresses.worker(worker), new WorkerBound.Drain(Intents.GATEWAY, true));
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(1, "late")));

        // Then
        realm.awaitAnnounced(
                Announcement.WorkerAnnouncement.class, each -> each.load().draining());
        realm.awaitDispatcher(DispatcherBound.Refused.class, each -> each.reason() == DispatcherBound.Reason.DRAINING);

        // When
        realm.bus().send(Addresses.worker(worker), new WorkerBound.Drain(Intents.GATEWAY, false));
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(2, "again")));

        // Then
        realm.awaitGateway(GatewayBound.Completed.class, each -> each.key().equals(Intents.key(2)));
    }

    @Test
    void shouldAnswerAnIntentAndSaySoToEverybody() {
        // Given
        agent(simulated(Behaviour.ANSWER, Duration.ZERO));
        WorkerId worker = joined();

        // When
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(1, "hello")));

        // Then
        var completed = realm.awaitGateway(GatewayBound.Completed.class);
        assertThat(realm.text()).hasSize(40).isEqualTo(completed.text());
        assertThat(completed.model()).isEqualTo("sim");
        assertThat(realm.atGateway().getFirst())
                .isEqualTo(new GatewayBound.Accepted(Intents.key(1), 1, worker, "sim", false, 12, 3));
        realm.awaitDispatcher(
                DispatcherBound.WorkerReport.class,
                report -> report.ended().stream().anyMatch(ended -> ended.outcome() == Outcome.COMPLETED)
                        && report.load().free() == 2);
    }

    @Test
    void shouldAnswerPingsFromItsOwnEventLoop() {
        // Given
        agent(draining(simulated(Behaviour.HANG, Duration.ZERO), Duration.ZERO));
        WorkerId worker = joined();
        var pongs = new CopyOnWriteArrayList<MonitorBound>();
        var monitor = new MonitorId("m1");
        realm.bus().listen(Addresses.monitor(monitor), pongs::add).ready().await();
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(1, "hello")));

        // When
        realm.bus().send(Addresses.worker(worker), new WorkerBound.Ping(monitor, 42));

        // Then
        var pong = Await.first(pongs, MonitorBound.Pong.class, each -> each.nonce() == 42);
        assertThat(pong.load().inFlight()).isEqualTo(1);
    }

    @Test
    void shouldAnnounceItselfAtOnceOnARollCallAndLeaveInPeace() {
        // Given
        agent(draining(simulated(Behaviour.ANSWER, Duration.ofSeconds(30)), Duration.ZERO));
        WorkerId worker = joined();
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(1, "hello")));
        realm.awaitGateway(GatewayBound.Accepted.class);
        realm.announced().clear();
        realm.bus().publish(Addresses.ROLLCALL, new Announcement.Rollcall("me"));
        realm.awaitAnnounced(
                Announcement.WorkerAnnouncement.class, each -> each.load().inFlight() == 1);

        // When
        vertx.undeploy(deployment).await();

        // Then
        realm.awaitAnnounced(
                Announcement.WorkerLeft.class, left -> left.worker().equals(worker));
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(GatewayBound.Cause.HANDED_BACK);
    }

    @Test
    void shouldFinishWhatRunsWhenItDrains() {
        // Given
        WorkerAgentVerticle agent = agent(simulated(Behaviour.ANSWER, Duration.ofMillis(300)));
        WorkerId worker = joined();
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(1, "hello")));
        realm.awaitGateway(GatewayBound.Accepted.class);

        // When
        agent.drain(Duration.ofSeconds(10)).await();

        // Then
        realm.awaitGateway(GatewayBound.Completed.class);
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(2, "late")));
        var refused = realm.awaitDispatcher(DispatcherBound.Refused.class, each -> true);
        assertThat(refused.reason()).isEqualTo(DispatcherBound.Reason.DRAINING);
        assertThat(refused.load().draining()).isTrue();
    }

    @Test
    void shouldTellWhatWasMeasuredOfWhatItOffers(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("speeds.json");
        var speed = new Speed(QueryType.CHAT, "sim", 80, 900, 41.5);
        var gone = new Speed(QueryType.CHAT, "gone", 1, 2, null);
        new MeasuredSpeeds(Map.of("sim-0", List.of(gone, speed), "elsewhere", List.of(gone))).write(file);
        WorkerAgentConfig config = simulated(Behaviour.ANSWER, Duration.ZERO);

        // When
        WorkerAgentVerticle agent = agent(new WorkerAgentConfig(
                new WorkerAgentConfig.Agent(null, false, false, Duration.ZERO, Trust.OWN, List.of(), file),
                config.discovery(),
                config.answer(),
                config.replay(),
                List.of(),
                List.of(),
                config.simulated(),
                config.imagine()));

        // Then
        var announced = realm.awaitAnnounced(Announcement.WorkerAnnouncement.class, each -> each.speeds() != null);
        assertThat(announced.speeds()).containsExactly(speed);
        assertThat(agent.speeds("sim-0")).containsExactly(gone, speed);
        assertThat(agent.speeds("nobody")).isEmpty();
    }

    @Test
    void shouldSpeakAsTheDemoAndSaySo() {
        // Given
        var config = WorkerAgentConfig.byDefault();
        var demo = new WorkerAgentConfig.Agent("attic", true, false, Duration.ZERO, Trust.OWN, List.of(), null);
        agent(new WorkerAgentConfig(
                demo,
                config.onlySimulated().discovery(),
                config.answer(),
                config.replay(),
                List.of(),
                List.of(),
                List.of(),
                config.imagine()));
        var announced = realm.awaitAnnounced(Announcement.WorkerAnnouncement.class, each -> true);
        assertThat(announced.synthetic()).isTrue();
        assertThat(announced.serves()).allMatch(offer -> offer.models().isEmpty());
        assertThat(announced.worker().value()).matches("attic-[a-z2-7]{4}\\.demo-[a-z2-7]{6}");

        // When
        realm.bus()
                .send(Addresses.worker(announced.worker()), Intents.assign(Intents.chat(1, "Wer bist du, *Realm*?")));

        // Then
        String text = realm.awaitGateway(GatewayBound.Completed.class).text();
        assertThat(text).contains("Vorführung", "Wer bist du, Realm?", "**12 µs**", "**3 ms**", "Ollama");
        assertThat(realm.text()).isEqualTo(text);
    }
}
