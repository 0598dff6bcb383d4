// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.protocol.IntentKey;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many of a gateway's intents may be at another attempt at once, so that what fails does not crowd out what works.
 *
 * <ul>
 *   <li>Retries after a failure are a share of the open intents, or a few where few are open. Who comes too late waits its
 *       turn, first come first served; its deadline bounds that.
 *   <li>An intent that a worker died with is a <em>suspect</em> and runs alone. That is dear, so there are only so many
 *       suspects at once, those that were begun last: an intent that kills does so soon. The others go on in company.
 * </ul>
 *
 * What is lost with a worker for the first time needs no share: there are only as many as that worker had slots.
 */
final class Retries {

    private static final int PERCENT = 100;

    private final SessionConfig.RetryLimits limits;
    private final Set<IntentKey> running = new HashSet<>();
    private final Set<IntentKey> waiting = new LinkedHashSet<>();
    private final Set<IntentKey> suspects = new HashSet<>();

    Retries(SessionConfig.RetryLimits limits) {
        this.limits = limits;
    }

    /** True if this intent may be dispatched again now; otherwise it waits until {@link #next} names it. */
    boolean take(IntentKey key, int open) {
        if (waiting.isEmpty() && running.size() < most(open)) {
            running.add(key);
            return true;
        }
        waiting.add(key);
        return false;
    }

    /** The next one that may go, now that it may; null if there is none. */
    @Nullable
    IntentKey next(int open) {
        if (waiting.isEmpty() || running.size() >= most(open)) {
            return null;
        }
        Iterator<IntentKey> first = waiting.iterator();
        IntentKey key = first.next();
        first.remove();
        running.add(key);
        return key;
    }

    private int most(int open) {
        return Math.max(limits.atLeast(), (int) ((long) open * limits.percent() / PERCENT));
    }

    /** This attempt is over. */
    void giveBack(IntentKey key) {
        running.remove(key);
        waiting.remove(key);
    }

    /** A worker died with it: true if it is one of the few that are suspected. */
    boolean suspect(IntentKey key) {
        return suspects.contains(key) || (suspects.size() < limits.suspects() && suspects.add(key));
    }

    /** The intent is over. */
    void forget(IntentKey key) {
        giveBack(key);
        suspects.remove(key);
    }

    int waiting() {
        return waiting.size();
    }

    int running() {
        return running.size();
    }
}
