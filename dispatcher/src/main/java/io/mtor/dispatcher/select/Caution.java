// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.config.Key;
import java.time.Duration;

/** How far workers are trusted. */
public record Caution(
        @Key(doc = "How long a worker gets nothing after a failure", byDefault = "1s", atLeast = "10ms")
        Duration breakerFirst,

        @Key(
                doc = "The most that this grows to, doubling with each failure in a row",
                byDefault = "30s",
                atLeast = "10ms")
        Duration breakerMax,

        @Key(
                doc = "How long what nobody serves any more counts as something that may come back",
                byDefault = "30s",
                atLeast = "0s")
        Duration remember,

        @Key(doc = "Workers beyond this many are not known", byDefault = "50000", atLeast = "1")
        int maxWorkers,

        @Key(
                doc =
                        "How long a worker gets nothing that failed three times in a row or fails mostly; twice as long the"
                                + " second time, three times the third",
                byDefault = "5s",
                atLeast = "0s")
        Duration ejection,

        @Key(doc = "The most that this grows to", byDefault = "5m", atLeast = "0s")
        Duration ejectionMax) {

    public static final Caution DEFAULT = new Caution(
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            50_000,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5));

    private static final int MAX_REMATCHED = 64;

    public Caution {
        if (breakerMax.compareTo(breakerFirst) < 0) {
            throw new IllegalArgumentException("breaker_max must not be less than breaker_first");
        }
    }

    Breaker breaker() {
        return new Breaker(breakerFirst.toNanos(), breakerMax.toNanos(), ejection.toNanos(), ejectionMax.toNanos());
    }

    long rememberNanos() {
        return remember.toNanos();
    }

    /** How many free workers are looked at for those who wait after exclusions were lifted. */
    int maxRematched() {
        return MAX_REMATCHED;
    }
}
