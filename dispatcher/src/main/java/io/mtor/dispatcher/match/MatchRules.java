// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.dispatcher.select.Caution;

/** What a {@link Matchmaker} goes by. */
public record MatchRules(LineLimits line, Patience patience, Caution caution) {

    public static final MatchRules DEFAULT = new MatchRules(LineLimits.DEFAULT, Patience.DEFAULT, Caution.DEFAULT);
}
