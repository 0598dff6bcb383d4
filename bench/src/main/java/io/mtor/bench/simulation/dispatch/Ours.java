// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.dispatch;

import io.mtor.bench.simulation.check.Judge;
import io.mtor.bench.simulation.check.Ledger;
import io.mtor.bench.simulation.world.Agenda;
import io.mtor.bench.simulation.world.Realm;
import io.mtor.bench.simulation.world.ScriptedUsers;
import io.mtor.bench.simulation.world.Settings;
import io.mtor.bench.simulation.world.Trace;
import io.mtor.bench.simulation.world.World;
import io.mtor.common.config.Size;
import io.mtor.common.protocol.IntentId;
import io.mtor.dispatcher.match.DispatcherStats;
import io.mtor.dispatcher.match.LineLimits;
import io.mtor.dispatcher.match.MatchRules;
import io.mtor.dispatcher.match.Patience;
import io.mtor.dispatcher.select.Caution;
import java.util.List;

/** The product: two gateways, some dispatchers, two monitors and all workers, with messages that take a millisecond. */
public final class Ours implements Policy {

    private static final int GATEWAYS = 2;
    private static final int MONITORS = 2;
    private static final long START_MILLIS = 3_000;
    private static final long STEP_MILLIS = 1_000;

    /** A line that nothing is too long for: policies are compared by how long they let wait, not by what they refuse. */
    private static final MatchRules ROOMY = new MatchRules(
            new LineLimits(100_000, 100_000, 100_000, Size.parse("4GiB")), Patience.DEFAULT, Caution.DEFAULT);

    private final int dispatchers;
    private final List<String> failing;
    private Ledger ledger = new Ledger(new Judge(), 0);
    private DispatcherStats stats = DispatcherStats.NONE;
    private long errors;

    /** @param failing hosts whose model servers fail whatever they get within a millisecond */
    public Ours(int dispatchers, List<String> failing) {
        this.dispatchers = dispatchers;
        this.failing = List.copyOf(failing);
    }

    @Override
    public String name() {
        return "MTOR";
    }

    @Override
    public Waits run(Workload load) {
        var agenda = new Agenda();
        var judge = new Judge();
        ledger = new Ledger(judge, 0);
        var realm = new Realm(1, agenda, new Trace(false), Settings.DEFAULT.match(ROOMY), ledger);
        new World(realm, new World.Size(GATEWAYS, dispatchers, MONITORS), load.hosts(), judge);
        realm.workers().stream()
                .filter(worker -> failing.contains(worker.host().name()))
                .forEach(worker -> worker.failFast(true));
        agenda.runUntil(START_MILLIS * Agenda.MILLI);
        var users = new ScriptedUsers(realm);
        load.wishes()
                .forEach(wish -> agenda.at((START_MILLIS + wish.atMillis()) * Agenda.MILLI, () -> users.send(wish)));
        while (users.ended() < load.wishes().size()) {
            agenda.runUntil(agenda.now() + STEP_MILLIS * Agenda.MILLI);
        }
        errors = users.errors();
        stats = realm.dispatchers().stream()
                .map(each -> each.stats())
                .max((one, other) -> Long.compare(one.assigned(), other.assigned()))
                .orElse(DispatcherStats.NONE);
        return waits(load, users);
    }

    private Waits waits(Workload load, ScriptedUsers users) {
        long[] waits = new long[load.wishes().size()];
        for (int i = 0; i < waits.length; i++) {
            IntentId guid = users.guid(load.wishes().get(i));
            Long begun = ledger.firstBegun(guid);
            waits[i] = begun == null
                    ? -1
                    : begun - (START_MILLIS + load.wishes().get(i).atMillis()) * Agenda.MILLI;
        }
        return new Waits(waits);
    }

    /** How often a host began an intent, in the last run. */
    public long begunAt(String host) {
        return ledger.beganAt(host);
    }

    /** Intents that ended in an error, in the last run. */
    public long errors() {
        return errors;
    }

    /** Of the dispatcher that placed them, in the last run. */
    public DispatcherStats stats() {
        return stats;
    }
}
