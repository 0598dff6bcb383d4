// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.realm;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.rendezvous.Matchmakers;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of the dispatchers that are there places the intents of this gateway.
 *
 * <p>All gateways choose the same one, by rendezvous hashing. One that answers nothing is passed over for a while if
 * there is another: it stands still, or it announces itself and does not hear us. That takes twice as long each time
 * it happens again soon after. Where none answers, it is the common choice again: then it is more likely that nobody
 * hears us.
 *
 * <p>Not thread-safe. Times are milliseconds that never go back.
 */
final class MatchmakerChoice {

    /** Longer than an answer takes where three workers in a row do not accept. */
    static final long UNANSWERED_MILLIS = 2_500;

    static final long PASSED_OVER_MILLIS = 10_000;
    static final long MOST_PASSED_OVER_MILLIS = 160_000;

    private static final long NOT_YET = Long.MAX_VALUE;

    /** Passed over until some time, for so long. */
    private record PassedOver(long until, long millis) {}

    /** Remembered for as long again as it took. */
    private final Map<DispatcherId, PassedOver> passedOver = new HashMap<>();

    private final Set<DispatcherId> unheeded = new HashSet<>();
    private Optional<DispatcherId> chosen = Optional.empty();
    private long judgedSince = NOT_YET;

    Optional<DispatcherId> chosen() {
        return chosen;
    }

    /** Chooses of those who are there now. */
    void choose(Collection<DispatcherId> present) {
        List<DispatcherId> heeded =
                present.stream().filter(id -> !unheeded.contains(id)).toList();
        Optional<DispatcherId> choice = Matchmakers.among(heeded.isEmpty() ? present : heeded);
        if (!choice.equals(chosen)) {
            chosen = choice;
            judgedSince = NOT_YET;
        }
    }

    /** Judges it by how long nothing that was placed has been answered, in milliseconds; 0 if nothing is to be. */
    void judge(Collection<DispatcherId> present, long unansweredMillis, long now) {
        judgedSince = Math.min(judgedSince, now);
        passedOver.forEach((id, passed) -> {
            if (now >= passed.until) {
                unheeded.remove(id);
            }
        });
        passedOver.values().removeIf(passed -> now >= passed.until + passed.millis);
        if (present.size() > 1 && unansweredMillis >= UNANSWERED_MILLIS && now - judgedSince >= UNANSWERED_MILLIS) {
            chosen.ifPresent(id -> passOver(id, now));
        }
        choose(present);
    }

    private void passOver(DispatcherId id, long now) {
        PassedOver last = passedOver.get(id);
        long millis = last == null ? PASSED_OVER_MILLIS : Math.min(MOST_PASSED_OVER_MILLIS, 2 * last.millis);
        passedOver.put(id, new PassedOver(now + millis, millis));
        unheeded.add(id);
    }
}
