// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model;

import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import java.util.List;
import java.util.Optional;

/**
 * What a model server can do now.
 *
 * @param offers the first model of each is the one used when an intent names none
 * @param slots how many intents at once; 0 while the server works for others
 * @param synthetic true for the built-in demo
 */
public record Serving(List<Offer> offers, int slots, boolean synthetic) {

    public Serving {
        offers = List.copyOf(offers);
        if (slots < 0) {
            throw new IllegalArgumentException("slots must be at least 0; they are " + slots);
        }
    }

    /** The offer that fits the intent's query type and, if it names one, its model. */
    public Optional<Offer> offerFor(Intent intent) {
        String model = intent.model();
        return offers.stream()
                .filter(offer -> offer.queryType().equals(intent.queryType()))
                .filter(offer -> model == null || offer.serves(model))
                .findFirst();
    }

    public boolean serves(QueryType type) {
        return offers.stream().anyMatch(offer -> offer.queryType().equals(type));
    }
}
