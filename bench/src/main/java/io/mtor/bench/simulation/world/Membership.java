// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Who counts whom as a member, as a cluster manager would see it: the end of a process is noticed by its closed
 * connections, a silent one after ten seconds; one that was deaf for that long believes that all others left; and when
 * two hear each other again it takes some seconds until they are one cluster.
 */
public final class Membership {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long LOOK_MILLIS = 1_000;
    /** After so long without a sign a member counts as gone. */
    public static final long SILENCE_MILLIS = 10_000;

    private static final long MERGE_MIN_MILLIS = 5_000;
    private static final long MERGE_MAX_MILLIS = 13_000;

    private final Agenda agenda;
    private final Network network;
    private final SplittableRandom random;
    private final List<Service> members = new ArrayList<>();
    private final Map<Node, Map<Node, Pair>> pairs = new HashMap<>();

    /** What one member knows of another, in milliseconds. */
    private static final class Pair {
        private long silentSince = NEVER;
        private long mergesAt = NEVER;
    }

    Membership(Agenda agenda, Network network, long seed) {
        this.agenda = agenda;
        this.network = network;
        this.random = Chance.of(seed, "membership");
        look();
    }

    void join(Service service) {
        members.add(service);
        service.node().onDeath(() -> died(service));
    }

    /** Its connections close: the others see that soon, if they can. */
    private void died(Service gone) {
        members.remove(gone);
        pairs.remove(gone.node());
        for (Service other : List.copyOf(members)) {
            boolean reached = !network.isCut(gone.node(), other.node());
            long after = reached ? 50 + random.nextLong(350) : SILENCE_MILLIS;
            agenda.after(after * Agenda.MILLI, () -> tellLeft(other, gone.node()));
        }
    }

    private void tellLeft(Service to, Node gone) {
        network.estrange(to.node(), gone, true);
        to.node().deliver(() -> to.nodeLeft(gone.name()));
    }

    private void look() {
        for (Service from : members) {
            for (Service to : members) {
                if (from != to) {
                    look(from, to);
                }
            }
        }
        agenda.after(LOOK_MILLIS * Agenda.MILLI, this::look);
    }

    private void look(Service at, Service other) {
        Pair pair = pairs.computeIfAbsent(at.node(), node -> new HashMap<>())
                .computeIfAbsent(other.node(), node -> new Pair());
        boolean stranger = network.isStranger(at.node(), other.node());
        if (!hearEachOther(at.node(), other.node())) {
            pair.mergesAt = NEVER;
            pair.silentSince = Math.min(pair.silentSince, agenda.millis());
            if (!stranger && agenda.millis() - pair.silentSince >= SILENCE_MILLIS) {
                tellLeft(at, other.node());
            }
            return;
        }
        pair.silentSince = NEVER;
        if (stranger && pair.mergesAt == NEVER) {
            pair.mergesAt = agenda.millis() + random.nextLong(MERGE_MIN_MILLIS, MERGE_MAX_MILLIS);
        } else if (stranger && agenda.millis() >= pair.mergesAt) {
            pair.mergesAt = NEVER;
            network.estrange(at.node(), other.node(), false);
        }
    }

    private boolean hearEachOther(Node one, Node other) {
        return !one.isStill() && !other.isStill() && !network.isCut(one, other) && !network.isCut(other, one);
    }
}
