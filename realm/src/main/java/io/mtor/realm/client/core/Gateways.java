// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where gateways are, tried in turn. A round is over when each has been tried once. */
final class Gateways {

    private final List<URI> all;
    private final Map<URI, String> troubles = new LinkedHashMap<>();
    private int next;
    private int triedInRound;

    /** @param chance draws the first to be tried, so that a crowd spreads over all */
    Gateways(List<URI> all, double chance) {
        this.all = List.copyOf(all);
        this.next = (int) (chance * all.size());
    }

    int size() {
        return all.size();
    }

    URI next() {
        URI gateway = all.get(next);
        next = (next + 1) % all.size();
        triedInRound++;
        return gateway;
    }

    void failed(URI gateway, String why) {
        troubles.put(gateway, why);
    }

    boolean isRoundOver() {
        return triedInRound >= all.size();
    }

    void beginRound() {
        triedInRound = 0;
    }

    void worked() {
        troubles.clear();
    }

    List<Tried> tried() {
        return troubles.entrySet().stream()
                .map(each -> new Tried(each.getKey(), each.getValue()))
                .toList();
    }
}
