// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.testing;

import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Load;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;

/** Announcements of workers. */
public final class Workers {

    private Workers() {}

    public static WorkerAnnouncement worker(String id, int slots, String... serves) {
        return announcement(id, 1, new Load(slots, 0, false), offers(serves));
    }

    public static WorkerAnnouncement announcement(String id, long incarnation, Load load, List<Offer> offers) {
        boolean synthetic = id.startsWith("demo");
        return new WorkerAnnouncement(new WorkerId(id), "node-" + id, incarnation, id, "1", offers, load, synthetic);
    }

    public static WorkerAnnouncement with(WorkerAnnouncement said, Load load) {
        return new WorkerAnnouncement(
                said.worker(),
                said.node(),
                said.incarnation(),
                said.name(),
                said.version(),
                said.serves(),
                load,
                said.synthetic());
    }

    /** Offers written as {@code chat} or {@code chat:model-a:model-b}. */
    public static List<Offer> offers(String... serves) {
        List<Offer> offers = new ArrayList<>();
        for (String each : serves) {
            List<String> parts = List.of(each.split(":"));
            offers.add(new Offer(new QueryType(parts.getFirst()), parts.subList(1, parts.size())));
        }
        return offers;
    }
}
