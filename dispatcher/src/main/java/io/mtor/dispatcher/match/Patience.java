// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.config.Key;
import java.time.Duration;

/** How long the dispatcher waits for whom. */
public record Patience(
        @Key(doc = "For a worker to accept what was assigned to it", byDefault = "700ms", atLeast = "10ms")
        Duration accept,

        @Key(doc = "For an announcement of a worker, before it counts as gone", byDefault = "3s", atLeast = "1500ms")
        Duration silence,

        @Key(
                doc = "For a health monitor to repeat that a worker is not healthy, before that is forgotten",
                byDefault = "5s",
                atLeast = "1500ms")
        Duration verdict,

        @Key(
                doc =
                        "For the first worker to be heard of by a dispatcher that has just started; in a cluster where something"
                                + " stands still nobody may be heard for ten seconds",
                byDefault = "15s",
                atLeast = "0s")
        Duration firstWorker,

        @Key(
                doc = "For the other workers to announce themselves, once one has been heard of",
                byDefault = "2s",
                atLeast = "0s")
        Duration startGrace,

        @Key(
                doc = "Longest time between two messages to the gateway of an intent that waits",
                byDefault = "2s",
                atLeast = "500ms")
        Duration heartbeat,

        @Key(
                doc = "Shortest time between two looks at where in line everybody stands",
                byDefault = "250ms",
                atLeast = "50ms")
        Duration refresh) {

    public static final Patience DEFAULT = new Patience(
            Duration.ofMillis(700),
            Duration.ofSeconds(3),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(250));
}
