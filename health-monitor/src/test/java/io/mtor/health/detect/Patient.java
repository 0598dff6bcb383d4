// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.bus.Announcement.MonitorAnnouncement;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Load;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.health.detect.Effect.Judge;
import io.mtor.health.detect.Effect.SendPing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A detector with a clock that we turn, and workers of which we say who answers: after how long, in milliseconds; a
 * worker that is not named is silent.
 */
final class Patient {

    static final MonitorId SELF = new MonitorId("self");
    static final long TICK = 100;

    final FailureDetector detector;
    final Map<WorkerId, Long> answering = new HashMap<>();
    final List<Judge> judgements = new ArrayList<>();
    final List<Judge> repeats = new ArrayList<>();
    final List<SendPing> pings = new ArrayList<>();
    private final List<Letter> underway = new ArrayList<>();
    private final List<WorkerId> announcing = new ArrayList<>();
    long now = 1_000_000;

    private record Letter(WorkerId worker, long nonce, long arrivesAt) {}

    Patient(long seed) {
        this(seed, ConfigLoader.defaults(DetectorConfig.class));
    }

    Patient(long seed, DetectorConfig config) {
        detector = new FailureDetector(SELF, config, new SplittableRandom(seed));
    }

    static WorkerId worker(int number) {
        return new WorkerId("w" + number);
    }

    static WorkerAnnouncement announcement(WorkerId worker, long incarnation) {
        return new WorkerAnnouncement(
                worker, "node-of-" + worker, incarnation, "a worker", "1", List.of(), new Load(1, 0, false), false);
    }

    static MonitorAnnouncement colleague(String id) {
        return new MonitorAnnouncement(new MonitorId(id), "node-of-" + id);
    }

    /** A worker that announces itself every second and answers at once. */
    WorkerId healthyWorker(int number) {
        WorkerId worker = worker(number);
        announcing.add(worker);
        answering.put(worker, 1L);
        take(detector.hear(announcement(worker, 1), now));
        return worker;
    }

    void silence(WorkerId worker) {
        answering.remove(worker);
    }

    /** The last that was said of it; healthy if nothing was. */
    Health health(WorkerId worker) {
        return judgements.stream()
                .filter(judge -> judge.worker().equals(worker))
                .map(Judge::health)
                .reduce(Health.HEALTHY, (before, after) -> after);
    }

    void pass(long millis) {
        long end = now + millis;
        while (now < end) {
            now += TICK;
            deliver();
            if (now % 1_000 == 0) {
                announcing.forEach(worker -> take(detector.hear(announcement(worker, 1), now)));
            }
            take(detector.tick(now, 0));
        }
    }

    /** The monitor sleeps: nothing is delivered until it wakes, then the timer comes late. */
    void oversleep(long millis) {
        now += millis;
        take(detector.tick(now, millis - TICK));
        deliver();
    }

    void take(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Judge judge -> judgements.add(judge);
                case Effect.Repeat repeat -> repeats.add(repeat.verdict());
                case SendPing ping -> {
                    pings.add(ping);
                    Long delay = answering.get(ping.worker());
                    if (delay != null) {
                        underway.add(new Letter(ping.worker(), ping.nonce(), now + delay));
                    }
                }
            }
        }
    }

    private void deliver() {
        List<Letter> arrived =
                underway.stream().filter(letter -> letter.arrivesAt() <= now).toList();
        underway.removeAll(arrived);
        arrived.forEach(letter -> take(detector.pong(letter.worker(), letter.nonce(), now)));
    }
}
