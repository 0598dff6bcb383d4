// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.MonitorAnnouncement;
import io.mtor.common.bus.Announcement.MonitorLeft;
import io.mtor.common.bus.Announcement.Rollcall;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.MonitorBound.Pong;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.WorkerId;
import io.mtor.health.detect.DetectorConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealthMonitorVerticleTest {

    private static final DetectorConfig QUICK = ConfigLoader.load(
                    DetectorConfig.class,
                    Aliases.none(),
                    List.of("--ping-interval=100ms", "--degraded-after=300ms", "--down-after=600ms"),
                    Map.of())
            .config();

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.of(vertx);
    private final BlockingQueue<Announcement> announced = new LinkedBlockingQueue<>();
    private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
    private final HealthMonitorVerticle monitor =
            new HealthMonitorVerticle(QUICK, Membership.local(), new SplittableRandom(1));

    @BeforeEach
    void listen() throws Exception {
        await(bus.listen(Addresses.ANNOUNCE, announced::add).ready());
        await(bus.listen(Addresses.VERDICT, verdict -> verdicts.add((Verdict) verdict))
                .ready());
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldJudgeWorkersByTheirPongs() throws Exception {
        // Given
        var answering = new AtomicBoolean(true);
        WorkerId worker = fakeWorker(answering);
        assertThat(monitor.isReady()).isFalse();
        await(vertx.deployVerticle(monitor));
        assertThat(monitor.isReady()).isTrue();

        // When it falls silent, then it is degraded and then down
        answering.set(false);
        assertThat(nextOtherThan(Health.HEALTHY, worker).health()).isEqualTo(Health.DEGRADED);
        Verdict down = nextOtherThan(Health.DEGRADED, worker);
        assertThat(down.health()).isEqualTo(Health.DOWN);
        assertThat(down.reason()).startsWith("no pong for");

        // And that is said again, for those who missed it
        assertThat(nextVerdictOf(worker).health()).isEqualTo(Health.DOWN);

        // When somebody new asks, then it is said again
        bus.publish(Addresses.ROLLCALL, new Rollcall("test"));
        assertThat(nextVerdictOf(worker).health()).isEqualTo(Health.DOWN);

        // When it answers again, then it recovers step by step
        answering.set(true);
        assertThat(nextOtherThan(Health.DOWN, worker).health()).isEqualTo(Health.DEGRADED);
        assertThat(nextOtherThan(Health.DEGRADED, worker).health()).isEqualTo(Health.HEALTHY);
    }

    /** What is not healthy is said with each ping. */
    private Verdict nextOtherThan(Health before, WorkerId worker) throws Exception {
        Verdict next = nextVerdictOf(worker);
        while (next.health() == before) {
            next = nextVerdictOf(worker);
        }
        return next;
    }

    @Test
    void shouldAnnounceItselfAndTakeItsLeave() throws Exception {
        String deployment = await(vertx.deployVerticle(monitor));
        assertThat(next(MonitorAnnouncement.class).node()).isEqualTo("local");
        await(vertx.undeploy(deployment));
        assertThat(next(MonitorLeft.class).monitor().value()).startsWith("monitor-");
        assertThat(monitor.isReady()).isFalse();
    }

    private WorkerId fakeWorker(AtomicBoolean answering) throws Exception {
        var worker = new WorkerId("fake");
        var load = new Load(1, 0, false);
        var announcement = new WorkerAnnouncement(worker, "local", 1, "fake", "1", List.of(), load, false);
        await(bus.listen(Addresses.worker(worker), message -> {
                    if (message instanceof WorkerBound.Ping ping && answering.get()) {
                        bus.send(Addresses.monitor(ping.monitor()), new Pong(worker, ping.nonce(), load));
                    }
                })
                .ready());
        await(bus.listen(Addresses.ROLLCALL, asked -> bus.publish(Addresses.ANNOUNCE, announcement))
                .ready());
        return worker;
    }

    private Verdict nextVerdictOf(WorkerId worker) throws InterruptedException {
        Verdict verdict = verdicts.poll(20, TimeUnit.SECONDS);
        assertThat(verdict).isNotNull().extracting(Verdict::worker).isEqualTo(worker);
        return Objects.requireNonNull(verdict);
    }

    private <A extends Announcement> A next(Class<A> kind) throws InterruptedException {
        while (true) {
            Announcement announcement = announced.poll(20, TimeUnit.SECONDS);
            assertThat(announcement).isNotNull();
            if (kind.isInstance(announcement)) {
                return kind.cast(announcement);
            }
        }
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
