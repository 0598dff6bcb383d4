// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.Verdict;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound.Ping;
import io.mtor.common.protocol.MonitorId;
import io.mtor.health.detect.Effect;
import io.mtor.health.detect.FailureDetector;
import java.util.List;
import java.util.SplittableRandom;

/** The product's {@link FailureDetector} in a simulated process. */
final class MonitorService implements Service {

    private static final long TICK_MILLIS = 100;

    private final Realm realm;
    private final Node node;
    private final MonitorId id;
    private final FailureDetector detector;
    private long tickedAt;

    MonitorService(Realm realm, Node node, SplittableRandom random) {
        this.realm = realm;
        this.node = node;
        this.id = new MonitorId(node.name());
        this.detector = new FailureDetector(id, realm.settings.detector(), random);
        this.tickedAt = node.millis();
    }

    MonitorId id() {
        return id;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void start() {
        node.every(TICK_MILLIS, this::tick);
        node.every(1_000, this::announce);
        announce();
        realm.publish(node, new Announcement.Rollcall(id.value()));
    }

    private void tick() {
        long lag = Math.max(0, node.millis() - tickedAt - TICK_MILLIS);
        tickedAt = node.millis();
        act(detector.tick(node.millis(), lag));
    }

    private void announce() {
        realm.publish(node, new Announcement.MonitorAnnouncement(id, node.name()));
    }

    void receive(MonitorBound message) {
        switch (message) {
            case MonitorBound.Pong pong -> act(detector.pong(pong.worker(), pong.nonce(), node.millis()));
        }
    }

    @Override
    public void hear(Announcement announcement) {
        if (announcement instanceof Announcement.Rollcall rollcall) {
            if (!rollcall.asker().equals(id.value())) {
                announce();
                detector.verdicts().forEach(this::say);
            }
        } else {
            act(detector.hear(announcement, node.millis()));
        }
    }

    @Override
    public void nodeLeft(String left) {
        act(detector.nodeLeft(left, node.millis()));
    }

    @Override
    public void leave() {
        realm.publish(node, new Announcement.MonitorLeft(id));
        node.after(100, node::die);
    }

    private void act(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.SendPing ping -> realm.toWorker(node, ping.worker(), new Ping(id, ping.nonce()));
                case Effect.Judge judge -> {
                    realm.trace.say(
                            realm.agenda.millis(),
                            "",
                            () -> node + " says: " + judge.worker() + " is " + judge.health() + ", " + judge.reason());
                    say(judge);
                }
                case Effect.Repeat repeat -> say(repeat.verdict());
            }
        }
    }

    private void say(Effect.Judge judge) {
        realm.publish(node, new Verdict(judge.worker(), id, judge.health(), judge.reason()));
    }
}
