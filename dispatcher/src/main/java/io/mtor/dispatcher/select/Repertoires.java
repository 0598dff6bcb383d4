// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.dispatcher.queue.Repertoire;
import io.mtor.dispatcher.queue.Shares;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hands out one repertoire for equal offers, and one set of shares for equal query types, while a worker has it. */
final class Repertoires {

    private final Map<Key, Repertoire> repertoires = new HashMap<>();
    private final Map<Set<QueryType>, Shares> shares = new HashMap<>();
    private final Map<Object, Integer> users = new HashMap<>();

    Repertoire take(List<Offer> offers, boolean synthetic, Trust trust) {
        var key = new Key(offers, synthetic, trust);
        Set<QueryType> types = Repertoire.queryTypes(offers);
        users.merge(key, 1, Integer::sum);
        users.merge(types, 1, Integer::sum);
        Shares shared = shares.computeIfAbsent(types, t -> new Shares());
        return repertoires.computeIfAbsent(key, k -> new Repertoire(offers, synthetic, trust, shared));
    }

    void giveBack(Repertoire repertoire) {
        var key = new Key(repertoire.offers(), repertoire.synthetic(), repertoire.trust());
        if (isLast(key)) {
            repertoires.remove(key);
        }
        Set<QueryType> types = Repertoire.queryTypes(repertoire.offers());
        if (isLast(types)) {
            shares.remove(types);
        }
    }

    private boolean isLast(Object key) {
        return users.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1) == null;
    }

    Collection<Repertoire> inUse() {
        return repertoires.values();
    }

    private record Key(List<Offer> offers, boolean synthetic, Trust trust) {}
}
