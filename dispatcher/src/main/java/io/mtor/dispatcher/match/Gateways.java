// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.Announcement.GatewayAnnouncement;
import io.mtor.common.protocol.GatewayId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Which gateways are on which cluster node; the longest known is forgotten when there are too many. */
final class Gateways {

    private static final int MAX = 10_000;

    private final LinkedHashMap<GatewayId, String> nodes = new LinkedHashMap<>();

    void announced(GatewayAnnouncement said) {
        nodes.put(said.gateway(), said.node());
        if (nodes.size() > MAX) {
            nodes.pollFirstEntry();
        }
    }

    void forget(GatewayId gateway) {
        nodes.remove(gateway);
    }

    List<GatewayId> on(String node) {
        List<GatewayId> there = new ArrayList<>();
        nodes.forEach((gateway, at) -> {
            if (at.equals(node)) {
                there.add(gateway);
            }
        });
        return there;
    }
}
