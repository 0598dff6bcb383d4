// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a worker serves. Workers with equal offers share one repertoire.
 *
 * @param offers as the worker announced them
 * @param demands every demand that the offers meet: each query type, and each query type with each of its models
 * @param synthetic true for the demo, which must leave to real workers what they serve
 * @param shares how the classes of intents share the slots of the workers that serve the same query types
 */
public record Repertoire(List<Offer> offers, boolean synthetic, Set<Demand> demands, Shares shares) {

    /** Demands beyond this many of one worker are not looked at. */
    public static final int MAX_DEMANDS = 4096;

    public Repertoire(List<Offer> offers, boolean synthetic, Shares shares) {
        this(offers, synthetic, demandsOf(offers), shares);
    }

    public boolean serves(Demand demand) {
        return demands.contains(demand);
    }

    private static Set<Demand> demandsOf(List<Offer> offers) {
        Set<Demand> demands = new LinkedHashSet<>();
        for (Offer offer : offers) {
            add(demands, new Demand(offer.queryType(), null));
            for (String model : offer.models()) {
                add(demands, new Demand(offer.queryType(), model));
            }
        }
        return Collections.unmodifiableSet(demands);
    }

    private static void add(Set<Demand> demands, Demand demand) {
        if (demands.size() < MAX_DEMANDS) {
            demands.add(demand);
        }
    }

    /** The query types in these offers. */
    public static Set<QueryType> queryTypes(List<Offer> offers) {
        Set<QueryType> types = new LinkedHashSet<>();
        for (Offer offer : offers) {
            types.add(offer.queryType());
        }
        return types;
    }
}
