// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.config.ConfigLoader;
import io.mtor.dispatcher.match.MatchRules;
import io.mtor.gateway.session.SessionConfig;
import io.mtor.health.detect.DetectorConfig;
import io.mtor.worker.slots.WorkerLimits;

/** What the cores are configured with. */
public record Settings(SessionConfig session, MatchRules match, DetectorConfig detector, WorkerLimits worker) {

    /** As everybody has it who configures nothing. */
    public static final Settings DEFAULT = new Settings(
            ConfigLoader.defaults(SessionConfig.class),
            MatchRules.DEFAULT,
            ConfigLoader.defaults(DetectorConfig.class),
            WorkerLimits.DEFAULT);

    public Settings match(MatchRules rules) {
        return new Settings(session, rules, detector, worker);
    }
}
