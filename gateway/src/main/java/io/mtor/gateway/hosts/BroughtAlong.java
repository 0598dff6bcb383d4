// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.protocol.IntentKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a worker that it was not given through this connection, because its host was at another gateway then or
 * because they are over and said again: measured from their first piece here on. Those that went on last are remembered.
 *
 * <p>Not thread-safe: the gateway's event loop.
 */
final class BroughtAlong {

    static final int MOST = 256;

    private record Answer(int attempt, AnswerMeter meter) {}

    private final HostsConfig.Answer limits;

    private final Map<IntentKey, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<IntentKey, Answer> eldest) {
            return size() > MOST;
        }
    };

    BroughtAlong(HostsConfig.Answer limits) {
        this.limits = limits;
    }

    /** What measures this attempt, from now on if nothing of it went by. */
    AnswerMeter meter(IntentKey key, int attempt) {
        AnswerMeter known = known(key, attempt);
        if (known != null) {
            return known;
        }
        // Nobody knows here what was asked for.
        var meter = new AnswerMeter(limits, false);
        answers.put(key, new Answer(attempt, meter));
        return meter;
    }

    /** What measures this attempt; null if nothing of it went by. */
    @Nullable
    AnswerMeter known(IntentKey key, int attempt) {
        Answer answer = answers.get(key);
        return answer != null && answer.attempt == attempt ? answer.meter : null;
    }

    /** It is over. */
    void forget(IntentKey key) {
        answers.remove(key);
    }
}
