// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health;

import io.mtor.common.admin.AdminConfig;
import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.config.Key;
import io.mtor.health.detect.DetectorConfig;

/** The configuration of a health monitor. */
public record HealthMonitorConfig(
        @Key(doc = "When a worker is degraded or down") DetectorConfig detector,
        @Key(doc = "Probes") AdminConfig admin,
        @Key(doc = "Whom it joins") ClusterConfig cluster) {}
