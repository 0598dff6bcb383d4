// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm;

import io.mtor.common.config.Key;
import io.mtor.dispatcher.DispatcherConfig;
import io.mtor.gateway.GatewayConfig;
import io.mtor.health.detect.DetectorConfig;
import io.mtor.worker.WorkerAgentConfig;

/** The configuration of a realm in one process: that of its parts. */
public record RealmConfig(
        @Key(doc = "The gateway") GatewayConfig gateway,
        @Key(doc = "The dispatcher") DispatcherConfig dispatcher,
        @Key(doc = "The health monitor") DetectorConfig health,
        @Key(doc = "The worker-agent of this machine") WorkerAgentConfig agent) {}
