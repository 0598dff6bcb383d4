// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;

/**
 * The addresses on the bus: one for each process part, none for a user or an intent, since an address is a
 * cluster-wide registration.
 */
public final class Addresses {

    /** Published: announcements and departures. */
    public static final Address<Announcement> ANNOUNCE = new Address<>("mtor.announce", Announcement.class);

    /** Published: verdicts of health monitors. */
    public static final Address<Announcement> VERDICT = new Address<>("mtor.verdict", Announcement.class);

    /** Published: announce yourself now. */
    public static final Address<Announcement> ROLLCALL = new Address<>("mtor.rollcall", Announcement.class);

    /** Published: what operators want to be told or to be known. */
    public static final Address<Operating> OPERATING = new Address<>("mtor.operating", Operating.class);

    private Addresses() {}

    /** Where a gateway hears how the others are doing. */
    public static Address<Operating> operating(GatewayId id) {
        return new Address<>("mtor.operating." + id.value(), Operating.class);
    }

    public static Address<DispatcherBound> dispatcher(DispatcherId id) {
        return new Address<>("mtor.dispatch." + id.value(), DispatcherBound.class);
    }

    public static Address<WorkerBound> worker(WorkerId id) {
        return new Address<>("mtor.worker." + id.value(), WorkerBound.class);
    }

    public static Address<GatewayBound> gateway(GatewayId id) {
        return new Address<>("mtor.gateway." + id.value(), GatewayBound.class);
    }

    public static Address<MonitorBound> monitor(MonitorId id) {
        return new Address<>("mtor.monitor." + id.value(), MonitorBound.class);
    }
}
