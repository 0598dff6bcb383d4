// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.audit.Reputation.Standing;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The reputations of hosts by their marks. Those of {@value #MAX} hosts are kept; then the one that was first heard of is
 * forgotten, and is on probation again.
 *
 * <p>Not thread-safe: one event loop.
 */
public final class Reputations {

    private static final int MAX = 10_000;

    private final Map<String, Reputation> hosts = new LinkedHashMap<>();

    /** Notes an audit, and says what is thought of the host now. */
    public Reputation note(String mark, boolean agreed) {
        if (!hosts.containsKey(mark) && hosts.size() >= MAX) {
            hosts.remove(hosts.keySet().iterator().next());
        }
        Reputation now = of(mark).with(agreed);
        hosts.put(mark, now);
        return now;
    }

    public Reputation of(String mark) {
        return hosts.getOrDefault(mark, Reputation.NEW);
    }

    public Standing standing(String mark) {
        return of(mark).standing();
    }

    /** An operator has ruled on the host: what was known counts no more. */
    public void forget(String mark) {
        hosts.remove(mark);
    }

    /** The mark of the host in the name of its worker, as {@code attic-uaq4y7uyx26o.ollama}; empty if there is none. */
    public static String markOf(WorkerId worker) {
        String id = worker.value();
        int end = id.indexOf('.');
        int from = end < 0 ? -1 : id.lastIndexOf('-', end);
        return from < 0 ? "" : id.substring(from + 1, end);
    }
}
