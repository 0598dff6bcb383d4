// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import io.mtor.common.config.Key;
import java.time.Duration;

/** How patient the failure detector is. */
public record DetectorConfig(
        @Key(doc = "A worker is pinged this often, give or take a fifth", byDefault = "1s", atLeast = "50ms")
        Duration pingInterval,

        @Key(doc = "Without a pong for this long a worker is degraded: nothing new goes there", byDefault = "2s")
        Duration degradedAfter,

        @Key(doc = "Without a pong for this long a worker is down: its intents are dispatched again", byDefault = "5s")
        Duration downAfter,

        @Key(doc = "Pongs in a row that make a worker that was down healthy again", byDefault = "3", atLeast = "1")
        int recoveryPongs,

        @Key(doc = "How much longer silence is not believed when more than half fall silent at once", byDefault = "30s")
        Duration panicHold,

        @Key(doc = "Most workers that are watched; further ones are not", byDefault = "10000", atLeast = "1")
        int maxWorkers) {

    /** The share of the interval by which pings are spread to either side. */
    static final double JITTER = 0.2;

    public DetectorConfig {
        if (degradedAfter.toMillis() < pingInterval.toMillis() * 3 / 2) {
            throw new IllegalArgumentException("degraded_after must be at least 1.5 times ping_interval, else a worker"
                    + " that answers every ping is degraded");
        }
        if (downAfter.compareTo(degradedAfter) <= 0) {
            throw new IllegalArgumentException("down_after must be longer than degraded_after");
        }
    }
}
