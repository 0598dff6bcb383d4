// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.MonitorAnnouncement;
import io.mtor.common.bus.Announcement.MonitorLeft;
import io.mtor.common.bus.Announcement.Rollcall;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.Bus;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound.Ping;
import io.mtor.common.cluster.Membership;
import io.mtor.common.protocol.MonitorId;
import io.mtor.health.detect.DetectorConfig;
import io.mtor.health.detect.Effect;
import io.mtor.health.detect.FailureDetector;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a {@link FailureDetector} on the bus. */
public final class HealthMonitorVerticle extends VerticleBase {

    private static final Logger LOGGER = LoggerFactory.getLogger(HealthMonitorVerticle.class);
    private static final long TICK_MILLIS = 100;
    private static final long ANNOUNCE_MILLIS = 1_000;

    private final MonitorId id = new MonitorId("monitor-" + UUID.randomUUID());
    private final Membership membership;
    private final FailureDetector detector;
    private long tickedAt;
    private boolean ready;

    public HealthMonitorVerticle(DetectorConfig config, Membership membership, RandomGenerator random) {
        this.membership = membership;
        this.detector = new FailureDetector(id, config, random);
    }

    /** Whether it watches; false before the start and from the beginning of the stop. May be asked on any thread. */
    public synchronized boolean isReady() {
        return ready;
    }

    private synchronized void setReady(boolean now) {
        ready = now;
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        tickedAt = now();
        membership.onNodeLeft(context, node -> act(bus, detector.nodeLeft(node, now())));
        vertx.setPeriodic(TICK_MILLIS, timer -> tick(bus));
        vertx.setPeriodic(ANNOUNCE_MILLIS, timer -> announce(bus));
        return Future.all(List.of(
                        bus.listen(Addresses.monitor(id), message -> receive(bus, message))
                                .ready(),
                        bus.listen(Addresses.ANNOUNCE, message -> hear(bus, message))
                                .ready(),
                        bus.listen(Addresses.VERDICT, message -> hear(bus, message))
                                .ready(),
                        bus.listen(Addresses.ROLLCALL, message -> rollcall(bus, message))
                                .ready()))
                .onSuccess(listening -> {
                    announce(bus);
                    bus.publish(Addresses.ROLLCALL, new Rollcall(id.value()));
                    setReady(true);
                });
    }

    @Override
    public Future<?> stop() {
        setReady(false);
        Bus.of(vertx).publish(Addresses.ANNOUNCE, new MonitorLeft(id));
        return Future.succeededFuture();
    }

    private void tick(Bus bus) {
        long now = now();
        long lag = Math.max(0, now - tickedAt - TICK_MILLIS);
        tickedAt = now;
        act(bus, detector.tick(now, lag));
    }

    private void announce(Bus bus) {
        bus.publish(Addresses.ANNOUNCE, new MonitorAnnouncement(id, membership.nodeId()));
    }

    private void rollcall(Bus bus, Announcement message) {
        if (message instanceof Rollcall rollcall && !rollcall.asker().equals(id.value())) {
            announce(bus);
            detector.verdicts().forEach(judge -> say(bus, judge));
        }
    }

    private void hear(Bus bus, Announcement message) {
        act(bus, detector.hear(message, now()));
    }

    private void receive(Bus bus, MonitorBound message) {
        switch (message) {
            case MonitorBound.Pong pong -> act(bus, detector.pong(pong.worker(), pong.nonce(), now()));
        }
    }

    private void act(Bus bus, List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.SendPing ping -> bus.send(Addresses.worker(ping.worker()), new Ping(id, ping.nonce()));
                case Effect.Judge judge -> judge(bus, judge);
                case Effect.Repeat repeat -> say(bus, repeat.verdict());
            }
        }
    }

    private void judge(Bus bus, Effect.Judge judge) {
        LOGGER.atInfo()
                .addKeyValue("worker", judge.worker())
                .addKeyValue("health", judge.health())
                .addKeyValue("reason", judge.reason())
                .log("verdict");
        say(bus, judge);
    }

    private void say(Bus bus, Effect.Judge judge) {
        bus.publish(Addresses.VERDICT, new Verdict(judge.worker(), id, judge.health(), judge.reason()));
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
