// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.check;

import io.mtor.bench.simulation.check.Violation.Law;
import io.mtor.common.protocol.IntentId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What workers have really run, seen from inside them: which nobody else can know. */
public final class Ledger {

    /** How often one intent may be begun before something is wrong. */
    private static final int MOST_RUNS = 24;

    /** So many poison intents may kill one process more, since others were suspected in their place when they began. */
    private static final int MOST_OVERKILLS = 3;

    /** A poison intent may kill so many processes. */
    private final int mostKills;

    private final Judge judge;
    private final Map<IntentId, Integer> runs = new HashMap<>();
    private final Map<IntentId, Integer> kills = new HashMap<>();
    private final Map<String, Long> byHost = new HashMap<>();
    private final Map<IntentId, Long> begun = new HashMap<>();
    private long began;
    private int overkills;

    public Ledger(Judge judge, int mostKills) {
        this.judge = judge;
        this.mostKills = mostKills;
    }

    /**
     * A model server begins.
     *
     * @param host where
     * @param now nanoseconds of the world
     */
    public void began(IntentId guid, String host, boolean mayBeSeen, long now) {
        began++;
        byHost.merge(host, 1L, Long::sum);
        begun.putIfAbsent(guid, now);
        if (!mayBeSeen) {
            judge.complain(Law.PRIVACY, guid.value(), "a volunteer has begun it");
        }
        if (runs.merge(guid, 1, Integer::sum) == MOST_RUNS) {
            judge.complain(Law.BUDGET, guid.value(), "begun " + MOST_RUNS + " times");
        }
    }

    /** A worker that runs so many begins another one. */
    public void mustHaveRoom(IntentId guid, int running, int slots) {
        if (running >= slots) {
            judge.complain(Law.OVERCOMMITTED, guid.value(), "begun in the slot " + (running + 1) + " of " + slots);
        }
    }

    /** It has killed the process that began it. */
    public void killed(IntentId guid) {
        int count = kills.merge(guid, 1, Integer::sum);
        overkills += count == mostKills + 1 ? 1 : 0;
        if (count > mostKills + 1 || (count > mostKills && overkills > MOST_OVERKILLS)) {
            judge.complain(Law.POISON, guid.value(), "it has killed " + count + " processes");
        }
    }

    public long began() {
        return began;
    }

    /** How often this host has begun an intent. */
    public long beganAt(String host) {
        return byHost.getOrDefault(host, 0L);
    }

    /** When it was begun first, in nanoseconds of the world; null if never. */
    public @Nullable Long firstBegun(IntentId guid) {
        return begun.get(guid);
    }
}
