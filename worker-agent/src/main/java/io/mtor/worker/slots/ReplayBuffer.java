// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.protocol.IntentKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attempts a worker can still speak of: those that run, and those that ended lately.
 *
 * <p>Those that run always stay; slots and the limits on one answer bound them. Ended ones go, oldest first, when
 * their time is over or when there are too many or too much of them.
 */
final class ReplayBuffer {

    private final WorkerLimits limits;

    private final Map<IntentKey, Attempt> byKey = new HashMap<>();

    private final Deque<Attempt> ended = new ArrayDeque<>();

    private long endedWeight;

    ReplayBuffer(WorkerLimits limits) {
        this.limits = limits;
    }

    @Nullable
    Attempt find(IntentKey key) {
        return byKey.get(key);
    }

    /** Keeps a new attempt; an earlier one of the same intent can no longer be asked for. */
    void keep(Attempt attempt) {
        byKey.put(attempt.key(), attempt);
    }

    /** It has ended: from now on it may be dropped. */
    void ended(Attempt attempt, long runningWeight) {
        ended.addLast(attempt);
        endedWeight += attempt.outgoing.weight();
        while (ended.size() > limits.replayCount()
                || (!ended.isEmpty() && endedWeight + runningWeight > limits.replayBytes())) {
            dropOldest();
        }
    }

    void dropExpired(long now) {
        while (!ended.isEmpty() && now - ended.getFirst().endedMillis > limits.replayMillis()) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Attempt oldest = ended.removeFirst();
        endedWeight -= oldest.outgoing.weight();
        byKey.remove(oldest.key(), oldest);
    }

    int endedCount() {
        return ended.size();
    }

    long endedWeight() {
        return endedWeight;
    }
}
