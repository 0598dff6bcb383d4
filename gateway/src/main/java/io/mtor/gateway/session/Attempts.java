// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.protocol.WorkerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which attempt at an intent this is, who must not get it again, and whether there may be another. */
final class Attempts {

    private final SessionConfig config;

    private final Set<WorkerId> excluded = new LinkedHashSet<>();

    private int current = 1;

    private int failures;

    private int handBacks;

    private int deaths;

    private boolean alone;

    Attempts(SessionConfig config) {
        this.config = config;
    }

    /** Starts at 1. */
    int current() {
        return current;
    }

    /** Another gateway has counted up to {@code attempt} already. */
    void moveTo(int attempt) {
        current = attempt;
    }

    void next() {
        current++;
    }

    List<WorkerId> excluded() {
        return List.copyOf(excluded);
    }

    /** The worker failed it or was lost with it. */
    void failedAt(WorkerId worker) {
        failures++;
        excluded.add(worker);
    }

    /**
     * The worker died with it, or fell silent.
     *
     * @param suspected true if the next attempts are to run alone
     */
    void diedWith(WorkerId worker, boolean suspected) {
        failedAt(worker);
        deaths++;
        alone = suspected;
    }

    /** How many workers have died with it, whatever the reason. */
    int deaths() {
        return deaths;
    }

    /** True if it is suspected, and so runs alone until it begins to answer: if the worker dies before, this was why. */
    boolean isAlone() {
        return alone;
    }

    /** True if a worker has died with it, whatever the reason. */
    boolean hasKilled() {
        return deaths > 0;
    }

    /** True if one worker at most has died with it. */
    boolean isFirstDeath() {
        return deaths <= 1;
    }

    /** The worker gave it back unharmed: says nothing of the intent. */
    void handedBackBy(WorkerId worker) {
        handBacks++;
        excluded.add(worker);
    }

    /** Somebody else stopped it: the worker may do it again. */
    void cancelled() {
        handBacks++;
    }

    boolean isExhausted() {
        return failures >= config.maxAttempts() || handBacks > config.maxHandBacks();
    }
}
