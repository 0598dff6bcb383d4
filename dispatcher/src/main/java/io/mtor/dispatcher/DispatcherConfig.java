// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher;

import io.mtor.common.config.Key;
import io.mtor.dispatcher.match.LineLimits;
import io.mtor.dispatcher.match.MatchRules;
import io.mtor.dispatcher.match.Patience;
import io.mtor.dispatcher.select.Caution;

/** Everything that can be set on a dispatcher. */
public record DispatcherConfig(
        @Key(doc = "How many may wait") LineLimits line,
        @Key(doc = "How long it waits for whom") Patience patience,
        @Key(doc = "How far workers are trusted") Caution caution) {

    public static final DispatcherConfig DEFAULT =
            new DispatcherConfig(LineLimits.DEFAULT, Patience.DEFAULT, Caution.DEFAULT);

    MatchRules rules() {
        return new MatchRules(line, patience, caution);
    }
}
