// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.net.Host;
import io.mtor.bench.chaos.net.Host.Cut;
import io.mtor.bench.chaos.net.Network;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.MtorCluster;
import io.mtor.bench.process.Part;
import io.mtor.realm.cluster.Role;
import io.mtor.realm.cluster.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each process on a host of its own, and one host after the other is cut off from the others: all the way, one way, off
 * and on, or by the loss of every tenth packet.
 */
final class Partitions implements Scenario {

    private static final Logger LOGGER = LoggerFactory.getLogger(Partitions.class);

    private static final Crowd.Load LOAD = new Crowd.Load(20, 300, 1_000, 0, true);
    private static final Duration BREATH = Duration.ofSeconds(2);
    private static final Duration CUT = Duration.ofSeconds(12);
    private static final Duration FLAP = Duration.ofSeconds(2);
    private static final int FLAPS = 4;
    private static final Duration NOTICE_LIMIT = Duration.ofSeconds(30);

    private final Map<Part, Host> hosts = new LinkedHashMap<>();
    private final List<Double> noticed = new ArrayList<>();
    private final List<Double> healed = new ArrayList<>();

    /** True if this machine can play it. */
    static boolean isPossible() {
        return Network.isPossible();
    }

    @Override
    public Outcome play(Effort effort) {
        var notes = new Outcome.Notes("partitions");
        Stage.Cast cast = Stage.Cast.of(effort, 3, 6, 40);
        try (var network = new Network();
                Stage stage = Stage.set(cast, on(network, cast))) {
            stage.crowd().start(LOAD);
            for (int i = 0; i < effort.kills(); i++) {
                round(i, stage, notes);
            }
            notes.add(Figure.millis("noticed by the others", "6,000", noticed));
            notes.add(Figure.millis("whole again", "15,000", healed));
            return stage.end(notes);
        } finally {
            hosts.clear();
        }
    }

    private MtorCluster on(Network network, Stage.Cast cast) {
        Site here = cast.site();
        MtorCluster cluster = MtorCluster.empty(here, Stage.configuration(cast.slots()));
        for (Role role : List.of(Role.DISPATCHER, Role.MONITOR, Role.WORKER, Role.GATEWAY)) {
            for (int i = 0; i < cast.count(role); i++) {
                Host host = network.add();
                hosts.put(cluster.add(role, host.site(here.classPath())), host);
            }
        }
        return cluster;
    }

    /** Every kind of cut, each to another kind of process than in the round before. */
    private void round(int number, Stage stage, Outcome.Notes notes) {
        Role[] roles = Role.values();
        int next = number;
        for (Cut cut : Cut.values()) {
            Part victim = stage.cluster().alive(roles[next++ % roles.length]).get(number % 2);
            cut(victim, cut, stage, notes);
        }
        flap(stage.cluster().alive(roles[next % roles.length]).get(number % 2), stage, notes);
    }

    private void cut(Part victim, Cut cut, Stage stage, Outcome.Notes notes) {
        String fault = name(cut) + ", " + victim.role().label();
        notes.plan(fault, 1);
        Host host = host(victim);
        Conditions.pass(BREATH);
        long at = System.nanoTime();
        host.drop(cut);
        if (cut != Cut.ONE_IN_TEN) {
            noticed.add(Conditions.await(victim + " to be missed", NOTICE_LIMIT, () -> stage.misses(victim)));
        }
        stage.routeToReady();
        Conditions.pass(CUT.minusNanos(System.nanoTime() - at));
        if (host.dropped() > 0) {
            notes.fired(fault);
        }
        host.heal();
        healed.add(stage.awaitWhole());
        stage.routeToReady();
        LOGGER.atInfo()
                .addKeyValue("fault", fault)
                .addKeyValue("noticed", noticed.isEmpty() ? 0 : Math.round(noticed.getLast()))
                .addKeyValue("healed", Math.round(healed.getLast()))
                .log("cut and healed");
    }

    private static String name(Cut cut) {
        return switch (cut) {
            case ALL -> "isolated";
            case INCOMING -> "hears nothing";
            case OUTGOING -> "is not heard";
            case ONE_IN_TEN -> "loses every tenth packet";
        };
    }

    private void flap(Part victim, Stage stage, Outcome.Notes notes) {
        String fault = "flapping " + FLAP.toSeconds() + " s, " + victim.role().label();
        notes.plan(fault, 1);
        Host host = host(victim);
        long dropped = 0;
        for (int i = 0; i < FLAPS; i++) {
            host.drop(Cut.ALL);
            Conditions.pass(FLAP);
            dropped += host.dropped();
            host.heal();
            Conditions.pass(FLAP);
        }
        if (dropped > 0) {
            notes.fired(fault);
        }
        healed.add(stage.awaitWhole());
        LOGGER.atInfo().addKeyValue("fault", fault).log("cut and healed");
    }

    private Host host(Part part) {
        Host host = hosts.get(part);
        if (host == null) {
            throw new IllegalStateException(part + " is on no host");
        }
        return host;
    }
}
