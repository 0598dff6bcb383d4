// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Speed;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Soft state, published to everybody: repeated every second and at once when it changes, so that whoever starts or
 * misses one is right again a second later. {@code node} is the cluster node it comes from: when that leaves, so did
 * everything on it.
 */
public sealed interface Announcement extends BusMessage {

    /**
     * I am here, this is what I serve and how busy I am.
     *
     * @param incarnation drawn at the start of the worker: another one means that it began anew
     * @param name for people
     * @param synthetic true for the built-in demo, which yields to any real worker
     * @param trust null from a worker of the first version, which is the operator's own
     * @param speeds null where nothing was measured, and from versions that do not tell
     */
    record WorkerAnnouncement(
            WorkerId worker,
            String node,
            long incarnation,
            String name,
            String version,
            List<Offer> serves,
            Load load,
            boolean synthetic,
            @Nullable Trust trust,
            @Nullable List<Speed> speeds)
            implements Announcement {

        public WorkerAnnouncement {
            serves = List.copyOf(serves);
            speeds = speeds == null ? null : List.copyOf(speeds);
        }

        /** Of a worker that was not measured. */
        public WorkerAnnouncement(
                WorkerId worker,
                String node,
                long incarnation,
                String name,
                String version,
                List<Offer> serves,
                Load load,
                boolean synthetic,
                @Nullable Trust trust) {
            this(worker, node, incarnation, name, version, serves, load, synthetic, trust, null);
        }

        /** Of a worker that is the operator's own. */
        public WorkerAnnouncement(
                WorkerId worker,
                String node,
                long incarnation,
                String name,
                String version,
                List<Offer> serves,
                Load load,
                boolean synthetic) {
            this(worker, node, incarnation, name, version, serves, load, synthetic, null);
        }

        /** The same, as busy as this. */
        public WorkerAnnouncement with(Load now) {
            return new WorkerAnnouncement(
                    worker, node, incarnation, name, version, serves, now, synthetic, trust, speeds);
        }

        /** Whose it is. */
        public Trust whose() {
            return trust == null ? Trust.OWN : trust;
        }
    }

    /** The worker has left in peace. */
    record WorkerLeft(WorkerId worker, long incarnation) implements Announcement {}

    /** A dispatcher that places intents; {@code waiting} are in its line. */
    record DispatcherAnnouncement(DispatcherId dispatcher, String node, int waiting) implements Announcement {}

    record DispatcherLeft(DispatcherId dispatcher) implements Announcement {}

    record GatewayAnnouncement(GatewayId gateway, String node, int sessions) implements Announcement {}

    record GatewayLeft(GatewayId gateway) implements Announcement {}

    record MonitorAnnouncement(MonitorId monitor, String node) implements Announcement {}

    record MonitorLeft(MonitorId monitor) implements Announcement {}

    /** What a health monitor says of a worker; published when it changes, and again after a roll call. */
    record Verdict(WorkerId worker, MonitorId monitor, Health health, String reason) implements Announcement {}

    /** Announce yourself now. */
    record Rollcall(String asker) implements Announcement {}

    /** Whether a worker gets work. */
    enum Health {
        HEALTHY,
        /** Nothing new goes there. */
        DEGRADED,
        /** Its intents are dispatched again. */
        DOWN
    }
}
