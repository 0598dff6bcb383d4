// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.health.detect;

import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;
import io.mtor.common.rendezvous.Rendezvous;
import java.util.HashMap;
import java.util.Map;

/** The monitors that are there, this one among them, and which of them answers for a worker. */
final class Colleagues {

    /** An announcement is believed for this long; they come every second. */
    static final long TTL_MILLIS = 5_000;

    private final MonitorId self;
    private final Map<MonitorId, Seen> seen = new HashMap<>();

    private record Seen(String node, long atMillis) {}

    Colleagues(MonitorId self) {
        this.self = self;
        seen.put(self, new Seen("", Long.MAX_VALUE));
    }

    /** Whether this monitor answers for the worker. */
    boolean isMine(WorkerId worker) {
        return Rendezvous.owner(worker.value(), seen.keySet())
                .filter(self::equals)
                .isPresent();
    }

    /** Each of these returns whether the set of monitors has changed. */
    boolean announced(MonitorId monitor, String node, long now) {
        return !monitor.equals(self) && seen.put(monitor, new Seen(node, now)) == null;
    }

    boolean left(MonitorId monitor) {
        return !monitor.equals(self) && seen.remove(monitor) != null;
    }

    boolean nodeLeft(String node) {
        return seen.entrySet()
                .removeIf(entry ->
                        !entry.getKey().equals(self) && entry.getValue().node().equals(node));
    }

    boolean expire(long now) {
        return seen.values().removeIf(monitor -> monitor.atMillis() < now - TTL_MILLIS);
    }

    /** This monitor was asleep for so long: that time is not held against the others. */
    void forgive(long lagMillis) {
        seen.replaceAll((monitor, at) -> monitor.equals(self) ? at : new Seen(at.node(), at.atMillis() + lagMillis));
    }
}
