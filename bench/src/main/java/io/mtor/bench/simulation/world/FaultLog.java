// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.EnumMap;
import java.util.Map;

/** How often each kind of trouble really happened: a fault that was planned and hit nothing does not count. */
public final class FaultLog {

    private final Map<FaultKind, Long> fired = new EnumMap<>(FaultKind.class);

    void fired(FaultKind kind) {
        fired.merge(kind, 1L, Long::sum);
    }

    public Map<FaultKind, Long> counts() {
        return fired;
    }
}
