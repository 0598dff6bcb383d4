// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a worker serves. Workers with equal offers share one repertoire, if they are trusted alike.
 *
 * @param offers as the worker announced them
 * @param demands every demand that the offers meet: each query type, and each query type with each of its models, once
 *     for each privacy that the worker may see
 * @param synthetic true for the demo, which must leave to real workers what they serve
 * @param shares how the classes of intents share the slots of the workers that serve the same query types
 */
public record Repertoire(List<Offer> offers, boolean synthetic, Trust trust, Set<Demand> demands, Shares shares) {

    /** Demands beyond this many of one worker are not looked at. */
    public static final int MAX_DEMANDS = 8192;

    public Repertoire(List<Offer> offers, boolean synthetic, Trust trust, Shares shares) {
        this(offers, synthetic, trust, demandsOf(offers, trust), shares);
    }

    /** Of the operator's own workers. */
    public Repertoire(List<Offer> offers, boolean synthetic, Shares shares) {
        this(offers, synthetic, Trust.OWN, shares);
    }

    public boolean serves(Demand demand) {
        return demands.contains(demand);
    }

    private static Set<Demand> demandsOf(List<Offer> offers, Trust trust) {
        Set<Demand> demands = new LinkedHashSet<>();
        for (Offer offer : offers) {
            add(demands, new Demand(offer.queryType(), null), trust);
            for (String model : offer.models()) {
                add(demands, new Demand(offer.queryType(), model), trust);
            }
        }
        return Collections.unmodifiableSet(demands);
    }

    private static void add(Set<Demand> demands, Demand demand, Trust trust) {
        for (Privacy privacy : Privacy.values()) {
            if (trust.maySee(privacy) && demands.size() < MAX_DEMANDS) {
                demands.add(new Demand(demand.queryType(), demand.model(), privacy));
            }
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
