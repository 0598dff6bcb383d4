// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.realm;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.rendezvous.Rendezvous;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of the dispatchers that are there places the intents of this gateway.
 *
 * <p>All gateways choose the same one, by rendezvous hashing. One that answers nothing is passed over for a while if
 * there is another: it stands still, or it announces itself and does not hear us. Where none answers, it is the common
 * choice again: then it is more likely that nobody hears us.
 *
 * <p>Not thread-safe. Times are milliseconds that never go back.
 */
final class MatchmakerChoice {

    /** Longer than an answer takes where three workers in a row do not accept. */
    static final long UNANSWERED_MILLIS = 2_500;

    static final long PASSED_OVER_MILLIS = 10_000;

    /** The one pool of a realm that nobody has divided. */
    private static final String POOL = "realm";

    private static final long NOT_YET = Long.MAX_VALUE;

    private final Map<DispatcherId, Long> passedOverUntil = new HashMap<>();
    private Optional<DispatcherId> chosen = Optional.empty();
    private long judgedSince = NOT_YET;

    Optional<DispatcherId> chosen() {
        return chosen;
    }

    /** Chooses of those who are there now. */
    void choose(Collection<DispatcherId> present) {
        List<DispatcherId> heeded =
                present.stream().filter(id -> !passedOverUntil.containsKey(id)).toList();
        Optional<DispatcherId> choice = Rendezvous.owner(POOL, heeded.isEmpty() ? present : heeded);
        if (!choice.equals(chosen)) {
            chosen = choice;
            judgedSince = NOT_YET;
        }
    }

    /** Judges it by how long nothing that was placed has been answered, in milliseconds; 0 if nothing is to be. */
    void judge(Collection<DispatcherId> present, long unansweredMillis, long now) {
        judgedSince = Math.min(judgedSince, now);
        passedOverUntil.values().removeIf(until -> now >= until);
        if (present.size() > 1 && unansweredMillis >= UNANSWERED_MILLIS && now - judgedSince >= UNANSWERED_MILLIS) {
            chosen.ifPresent(id -> passedOverUntil.put(id, now + PASSED_OVER_MILLIS));
        }
        choose(present);
    }
}
