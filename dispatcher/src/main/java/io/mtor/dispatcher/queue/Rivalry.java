// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which lanes compete: two do if some worker serves both. */
final class Rivalry {

    /** Repertoires beyond this many are not asked. */
    private static final int MAX_REPERTOIRES = 4096;

    private final List<Lane> lanes;
    private final List<BitSet> rivals = new ArrayList<>();
    private final List<Shares> shares = new ArrayList<>();

    Rivalry(Collection<Lane> lanes, Servers servers) {
        this.lanes = List.copyOf(lanes);
        for (int each = 0; each < this.lanes.size(); each++) {
            rivals.add(new BitSet());
            rivals.get(each).set(each);
            shares.add(new Shares());
        }
        servers.repertoires().stream().limit(MAX_REPERTOIRES).forEach(repertoire -> join(repertoire, servers));
    }

    private void join(Repertoire repertoire, Servers servers) {
        BitSet served = new BitSet();
        for (int each = 0; each < lanes.size(); each++) {
            Demand demand = lanes.get(each).demand;
            if (repertoire.serves(demand) && servers.mayServe(repertoire, demand)) {
                served.set(each);
            }
        }
        served.stream().forEach(each -> {
            rivals.get(each).or(served);
            shares.set(each, repertoire.shares());
        });
    }

    /** The lanes by whom they compete with. */
    Collection<Group> groups() {
        Map<BitSet, Group> groups = new HashMap<>();
        for (int each = 0; each < lanes.size(); each++) {
            Shares ofSome = shares.get(each);
            groups.computeIfAbsent(rivals.get(each), set -> group(set, ofSome))
                    .lanes
                    .add(lanes.get(each));
        }
        return groups.values();
    }

    private Group group(BitSet set, Shares ofSome) {
        return new Group(new ArrayList<>(), set.stream().mapToObj(lanes::get).toList(), ofSome);
    }

    /**
     * Lanes that have the same rivals.
     *
     * @param rivals themselves included
     * @param shares as they are at some worker that serves one of the lanes
     */
    record Group(List<Lane> lanes, List<Lane> rivals, Shares shares) {}
}
