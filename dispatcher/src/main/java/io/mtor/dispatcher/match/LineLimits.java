// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.config.Key;
import io.mtor.common.config.Size;

/** How many may wait. */
public record LineLimits(
        @Key(doc = "Intents that may wait, all in all", byDefault = "10000", atLeast = "1", atMost = "100000")
        int waiting,

        @Key(doc = "Intents that may wait for one query type", byDefault = "5000", atLeast = "1")
        int perQueryType,

        @Key(doc = "Intents of one user that may wait", byDefault = "2000", atLeast = "1")
        int perUser,

        @Key(doc = "What all waiting intents may weigh", byDefault = "256MiB", atLeast = "1KiB")
        Size weight) {

    public static final LineLimits DEFAULT = new LineLimits(10_000, 5_000, 2_000, Size.parse("256MiB"));
}
