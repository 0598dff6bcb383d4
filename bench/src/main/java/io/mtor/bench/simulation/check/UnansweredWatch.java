// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.check;

import io.mtor.bench.simulation.check.Violation.Law;
import java.util.HashMap;
import java.util.Map;

/**
 * What is assigned to a worker that does not accept it goes elsewhere. So a dispatcher that holds something unanswered each
 * time one looks has forgotten it; a busy one has none now and then.
 */
public final class UnansweredWatch {

    private static final long TOLERATED_MILLIS = 15_000;

    private final Judge judge;
    private final Map<String, Long> since = new HashMap<>();

    public UnansweredWatch(Judge judge) {
        this.judge = judge;
    }

    /** How many are unanswered at this dispatcher at this moment; to be called often. */
    public void look(String dispatcher, int unanswered, long millis) {
        if (unanswered == 0) {
            since.remove(dispatcher);
        } else if (millis - since.computeIfAbsent(dispatcher, name -> millis) > TOLERATED_MILLIS) {
            judge.complain(
                    Law.FORGOTTEN,
                    "",
                    dispatcher + " has had something unanswered for "
                            + (millis - since.getOrDefault(dispatcher, millis)) + " ms");
        }
    }
}
