// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.check;

import io.mtor.bench.simulation.check.Violation.Law;
import io.mtor.common.protocol.QueryType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Work conservation: no intent waits for a query type while a worker that serves it has a free slot. That may be so for a
 * moment, until a report has arrived or a lost one has been made up for by the next announcement, and while a worker that
 * was ill gets one intent at a time; not for longer.
 */
public final class IdleWatch {

    private static final long TOLERATED_MILLIS = 25_000;

    private final Judge judge;
    private final Map<QueryType, Long> since = new HashMap<>();

    public IdleWatch(Judge judge) {
        this.judge = judge;
    }

    /**
     * What is so at this moment; to be called often.
     *
     * @param scene tells it in full, for a complaint
     */
    public void look(Set<QueryType> waiting, Set<QueryType> free, long millis, Supplier<String> scene) {
        since.keySet().removeIf(type -> !waiting.contains(type) || !free.contains(type));
        for (QueryType type : waiting) {
            if (free.contains(type) && millis - since.computeIfAbsent(type, t -> millis) > TOLERATED_MILLIS) {
                judge.complain(
                        Law.IDLE,
                        "",
                        "for " + (millis - since.getOrDefault(type, millis)) + " ms an intent for " + type
                                + " waits while a slot for it is free; " + scene.get());
            }
        }
    }
}
