// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Announcement.Health;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.WorkerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state and every event. */
class WatchTest {

    private static final DetectorConfig CONFIG = ConfigLoader.defaults(DetectorConfig.class);
    private static final WorkerId WORKER = new WorkerId("w");

    @ParameterizedTest
    @CsvSource(textBlock = """
            Healthy,    silent 2000,       Healthy,    -
            Healthy,    silent 2001,       Suspect,    DEGRADED
            Healthy,    silent 5000,       Suspect,    DEGRADED
            Healthy,    silent 5001,       Down,       DOWN
            Healthy,    panic 5001,        Held,       DEGRADED
            Healthy,    pong,              Healthy,    -
            Healthy,    restarted,         Healthy,    -
            Suspect,    silent 2000,       Suspect,    -
            Suspect,    silent 5000,       Suspect,    -
            Suspect,    silent 5001,       Down,       DOWN
            Suspect,    panic 5001,        Held,       DEGRADED
            Suspect,    panic 35001,       Down,       DOWN
            Suspect,    pong,              Healthy,    HEALTHY
            Suspect,    restarted,         Healthy,    HEALTHY
            Held,       panic 20000,       Held,       -
            Held,       panic 35001,       Down,       DOWN
            Held,       silent 6000,       Down,       DOWN
            Held,       pong,              Healthy,    HEALTHY
            Held,       restarted,         Healthy,    HEALTHY
            Down,       silent 9999,       Down,       -
            Down,       panic 9999,        Down,       -
            Down,       pong,              Recovering, DEGRADED
            Down,       restarted,         Recovering, DEGRADED
            Recovering, silent 2000,       Recovering, -
            Recovering, silent 2001,       Down,       DOWN
            Recovering, panic 2001,        Down,       DOWN
            Recovering, pong,              Recovering, -
            Recovering, restarted,         Recovering, -
            """)
    void shouldGoFromStateToState(String state, String event, String next, String told) {
        // Given
        Watch watch = in(state);
        String[] words = event.split(" ", -1);

        // When
        var judgement =
                switch (words[0]) {
                    case "silent" -> watch.tick(Long.parseLong(words[1]), false);
                    case "panic" -> watch.tick(Long.parseLong(words[1]), true);
                    case "pong" -> watch.pong(1, 1);
                    default -> watch.restarted(1);
                };

        // Then
        assertThat(watch.state().getClass().getSimpleName()).isEqualTo(next);
        assertThat(judgement.map(judge -> judge.health().name()).orElse("-")).isEqualTo(told);
    }

    /** A watch in this state that last heard something at time 0. */
    private static Watch in(String state) {
        return switch (state) {
            case "Healthy" -> new Watch(WORKER, CONFIG, Health.HEALTHY, 0, 0);
            case "Suspect" -> new Watch(WORKER, CONFIG, Health.DEGRADED, 0, 0);
            case "Down" -> new Watch(WORKER, CONFIG, Health.DOWN, 0, 0);
            case "Held" -> {
                var watch = new Watch(WORKER, CONFIG, Health.HEALTHY, -6_000, 0);
                watch.tick(0, true);
                watch.forgive(6_000);
                yield watch;
            }
            case "Recovering" -> {
                var watch = new Watch(WORKER, CONFIG, Health.DOWN, 0, 0);
                watch.pong(0, 0);
                yield watch;
            }
            default -> throw new IllegalArgumentException(state);
        };
    }
}
