// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.Announcement;
import io.mtor.common.protocol.GatewayId;
import java.util.HashMap;
import java.util.Map;

/** Which gateways are there, by what they say of themselves. */
final class Gateways {

    /** A gateway that has been silent for so long is forgotten. */
    private static final long FORGET_MILLIS = 600_000;

    private record Seen(String node, long millis, boolean left) {}

    private final Map<GatewayId, Seen> seen = new HashMap<>();

    private final long silenceMillis;

    Gateways(long silenceMillis) {
        this.silenceMillis = silenceMillis;
    }

    /** Of what is published to all, only gateways matter here. */
    void hear(Announcement announcement, long now) {
        switch (announcement) {
            case Announcement.GatewayAnnouncement here -> seen.put(here.gateway(), new Seen(here.node(), now, false));
            case Announcement.GatewayLeft gone -> left(gone.gateway(), now);
            case Announcement.WorkerAnnouncement other -> {}
            case Announcement.WorkerLeft other -> {}
            case Announcement.DispatcherAnnouncement other -> {}
            case Announcement.DispatcherLeft other -> {}
            case Announcement.MonitorAnnouncement other -> {}
            case Announcement.MonitorLeft other -> {}
            case Announcement.Verdict other -> {}
            case Announcement.Rollcall other -> {}
        }
    }

    /** Somebody spoke for the gateway just now, so it was there just now. */
    void mentioned(GatewayId gateway, long now) {
        seen.merge(gateway, new Seen("", now, false), (old, fresh) -> new Seen(old.node, now, false));
    }

    private void left(GatewayId gateway, long now) {
        seen.computeIfPresent(gateway, (id, old) -> old.left ? old : new Seen(old.node, now, true));
    }

    void nodeLeft(String node, long now) {
        seen.replaceAll((id, old) -> old.left || !old.node.equals(node) ? old : new Seen(old.node, now, true));
    }

    /** We were deaf for so long: nobody's silence in that time counts. */
    void forgive(long millis) {
        seen.replaceAll((id, old) -> new Seen(old.node, old.millis + millis, old.left));
    }

    void forgetTheSilent(long now) {
        seen.values().removeIf(each -> now - each.millis > FORGET_MILLIS);
    }

    boolean isGone(GatewayId gateway, long now) {
        return goneForMillis(gateway, now) >= 0;
    }

    /** Negative while it is there. */
    long goneForMillis(GatewayId gateway, long now) {
        Seen last = seen.get(gateway);
        if (last == null) {
            return FORGET_MILLIS;
        }
        return last.left ? now - last.millis : now - last.millis - silenceMillis - 1;
    }
}
