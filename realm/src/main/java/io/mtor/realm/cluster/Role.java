// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.cluster;

import io.mtor.dispatcher.DispatcherMain;
import io.mtor.gateway.GatewayMain;
import io.mtor.health.HealthMonitorMain;
import io.mtor.worker.WorkerAgentMain;

/** The kinds of process, in the order in which they are told to stop. */
enum Role {
    GATEWAY("gateway", GatewayMain.class),
    WORKER("worker", WorkerAgentMain.class),
    DISPATCHER("dispatcher", DispatcherMain.class),
    MONITOR("monitor", HealthMonitorMain.class);

    private final String label;
    private final Class<?> main;

    Role(String label, Class<?> main) {
        this.label = label;
        this.main = main;
    }

    String label() {
        return label;
    }

    Class<?> main() {
        return main;
    }
}
