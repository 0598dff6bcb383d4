// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import io.mtor.dispatcher.DispatcherMain;
import io.mtor.gateway.GatewayMain;
import io.mtor.health.HealthMonitorMain;
import io.mtor.worker.WorkerAgentMain;

/** The kinds of process, in the order in which they are told to stop: the order in which work flows. */
public enum Role {
    GATEWAY("gateway", "gateway", "gateway", GatewayMain.class),
    WORKER("worker", "agent", "agent", WorkerAgentMain.class),
    DISPATCHER("dispatcher", "dispatcher", "dispatcher", DispatcherMain.class),
    MONITOR("monitor", "health", "detector", HealthMonitorMain.class);

    private final String label;
    private final String section;
    private final String ownSection;
    private final Class<?> main;

    Role(String label, String section, String ownSection, Class<?> main) {
        this.label = label;
        this.section = section;
        this.ownSection = ownSection;
        this.main = main;
    }

    /** Its name for people and programs. */
    public String label() {
        return label;
    }

    /** Its part of a realm's configuration file. */
    String section() {
        return section;
    }

    /** The same part in a configuration file of its own. */
    String ownSection() {
        return ownSection;
    }

    Class<?> main() {
        return main;
    }
}
