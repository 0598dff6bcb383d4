// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants done, as it travels through the realm; every medium in it is whole.
 *
 * @param queryType never {@code auto}: the gateway has understood it
 * @param model the model asked for; null means any
 * @param detach true if it goes on without a connection until its time is over
 */
public record Intent(
        IntentKey key,
        QueryType queryType,
        String text,
        @Nullable String model,
        List<Turn> conversation,
        List<Media> media,
        Parameters parameters,
        Priority priority,
        Privacy privacy,
        boolean detach,
        @Nullable String traceparent) {

    public Intent {
        conversation = List.copyOf(conversation);
        media = List.copyOf(media);
    }

    /** What its body weighs in bytes, roughly: for limits on what waits. */
    public long weight() {
        long weight = 200L + 2L * text.length() + parameters.json().length();
        for (Turn turn : conversation) {
            weight += 2L * turn.content().length();
        }
        for (Media each : media) {
            weight += each.data() == null ? 0 : each.data().length();
        }
        return weight;
    }

    /** Never the text. */
    @Override
    public String toString() {
        return queryType + " " + key.guid();
    }
}
