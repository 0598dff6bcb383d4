// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast a worker's model was when its host measured it, one intent at a time. For people: nobody places intents by what
 * a host says of its own speed.
 *
 * @param model null where the query type knows no models
 * @param firstMs until the first piece of the answer, in milliseconds
 * @param wholeMs until its end, in milliseconds
 * @param tokensPerSecond of what came after the first piece; null if nobody counted
 */
public record Speed(
        QueryType queryType,
        @Nullable String model,
        long firstMs,
        long wholeMs,
        @Nullable Double tokensPerSecond) {

    /** So many does one worker tell. */
    public static final int MAX_TOLD = 100;

    /** True if it can have been measured. */
    public boolean plausible() {
        boolean counted = tokensPerSecond == null || (tokensPerSecond > 0 && Double.isFinite(tokensPerSecond));
        return firstMs >= 0 && wholeMs >= firstMs && counted;
    }

    /** Those of what is offered, {@value #MAX_TOLD} at most. */
    public static List<Speed> of(List<Offer> offers, List<Speed> measured) {
        return measured.stream()
                .filter(speed -> offers.stream().anyMatch(speed::isOf))
                .limit(MAX_TOLD)
                .toList();
    }

    private boolean isOf(Offer offer) {
        return queryType.equals(offer.queryType())
                && (model == null ? offer.models().isEmpty() : offer.models().contains(model));
    }
}
