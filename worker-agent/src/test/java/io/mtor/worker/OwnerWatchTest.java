// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.sim.Behaviour;
import io.mtor.worker.owner.Journal;
import io.mtor.worker.owner.OwnerLimits;
import io.mtor.worker.owner.Reason.Cause;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.PretendedMachine;
import io.mtor.worker.testing.RealmEnds;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host whose owner comes first, on a machine that is pretended. */
class OwnerWatchTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneId.of("UTC"));

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    private final PretendedMachine machine = new PretendedMachine();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private OwnerWatch host(Clock clock, Behaviour behaviour, String... limits) {
        OwnerLimits allowed = ConfigLoader.load(OwnerLimits.class, Aliases.none(), List.of(limits), Map.of())
                .config();
        var watch = new OwnerWatch(allowed, machine.machine(), clock);
        var config = WorkerAgentConfig.byDefault()
                .onlySimulated(new WorkerAgentConfig.Simulated(
                        QueryType.CHAT, List.of("sim"), 1, 2, Duration.ZERO, 4, 10, false, behaviour));
        vertx.deployVerticle(new WorkerAgentVerticle(config, Membership.local(), new Random(1)).ownedBy(watch))
                .await();
        return watch;
    }

    private WorkerId worker() {
        return realm.awaitAnnounced(Announcement.WorkerAnnouncement.class, each -> true)
                .worker();
    }

    private void assign(WorkerId worker, int n) {
        realm.bus().send(Addresses.worker(worker), Intents.assign(Intents.chat(n, "hello")));
    }

    private void awaitDraining(boolean draining) {
        realm.announced().clear();
        realm.awaitAnnounced(
                Announcement.WorkerAnnouncement.class, each -> each.load().draining() == draining);
    }

    @Test
    void shouldStopAtItsOwnersWordAndHandOverWhatTakesTooLong() {
        // Given
        OwnerWatch watch = host(Clock.systemUTC(), Behaviour.HANG, "--finish", "300ms");
        WorkerId worker = worker();
        assign(worker, 1);
        realm.awaitGateway(GatewayBound.Accepted.class);

        // When
        assertThat(watch.pause(null).await().causes()).containsExactly(Cause.OWNER);

        // Then
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(GatewayBound.Cause.HANDED_BACK);
        assign(worker, 2);
        realm.awaitDispatcher(
                DispatcherBound.Refused.class,
                each -> each.key().equals(Intents.key(2)) && each.reason() == DispatcherBound.Reason.DRAINING);
        assertThat(watch.page().lines()).containsExactly(new Journal.Line(QueryType.CHAT, 0, 0, 1, 0));
    }

    @Test
    void shouldWorkAgainWhenItIsLet() {
        // Given
        OwnerWatch watch = host(Clock.systemUTC(), Behaviour.ANSWER);
        WorkerId worker = worker();
        watch.pause(null).await();
        awaitDraining(true);

        // When
        assertThat(watch.resume().await().isOpen()).isTrue();

        // Then
        assign(worker, 1);
        realm.awaitGateway(GatewayBound.Completed.class, each -> each.key().equals(Intents.key(1)));
        awaitDraining(false);
        assertThat(watch.page().lines()).containsExactly(new Journal.Line(QueryType.CHAT, 0, 1, 0, 0));
    }

    @Test
    void shouldTakeNothingFromTheFirstMomentOutsideItsHours() {
        host(NOON, Behaviour.ANSWER, "--hours", "22:00-07:00");

        assign(worker(), 1);

        realm.awaitDispatcher(DispatcherBound.Refused.class, each -> each.reason() == DispatcherBound.Reason.DRAINING);
        assertThat(realm.announced().stream()
                        .filter(Announcement.WorkerAnnouncement.class::isInstance)
                        .map(Announcement.WorkerAnnouncement.class::cast))
                .allMatch(each -> each.load().draining());
    }

    @Test
    void shouldFollowWhatItsMachineTells() {
        OwnerWatch watch = host(Clock.systemUTC(), Behaviour.ANSWER, "--calm", "0s");
        awaitDraining(false);

        machine.celsius(90);
        awaitDraining(true);
        assertThat(watch.availability().causes()).containsExactly(Cause.TEMPERATURE);

        machine.celsius(70);
        awaitDraining(false);

        machine.onBattery(true);
        awaitDraining(true);
        machine.onBattery(false);
        awaitDraining(false);

        machine.use(80);
        awaitDraining(true);
        assertThat(watch.availability().causes()).containsExactly(Cause.OTHERS);
    }

    @Test
    void shouldTakeNoMoreThanADayMayBring() {
        OwnerWatch watch = host(Clock.systemUTC(), Behaviour.ANSWER, "--max-jobs-per-day", "1");
        WorkerId worker = worker();
        assign(worker, 1);
        realm.awaitGateway(GatewayBound.Completed.class);
        Await.until("the day to be full", () -> watch.availability().causes().contains(Cause.JOBS));

        assign(worker, 2);

        realm.awaitDispatcher(DispatcherBound.Refused.class, each -> each.key().equals(Intents.key(2)));
    }

    @Test
    void shouldOfferOnlyWhatItsOwnerWants() {
        host(Clock.systemUTC(), Behaviour.ANSWER, "--query-types", "imagine");

        var announced = realm.awaitAnnounced(Announcement.WorkerAnnouncement.class, each -> true);

        assertThat(announced.serves()).isEmpty();
    }

    @Test
    void shouldKnowWhatItHasDrawn() {
        OwnerWatch watch = host(Clock.systemUTC(), Behaviour.ANSWER);

        Await.until("some energy", () -> {
            Double wattHours = watch.page().wattHours();
            return wattHours != null && wattHours > 0;
        });
    }
}
