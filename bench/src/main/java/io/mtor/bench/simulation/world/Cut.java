// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.ArrayList;
import java.util.List;

/** Processes that hear nothing of the others and, if it is cut both ways, are not heard either. */
final class Cut {

    private record Way(Node from, Node to) {}

    private final Realm realm;
    private final List<Node> inside;
    private final boolean bothWays;
    private final List<Way> made = new ArrayList<>();

    Cut(Realm realm, List<Node> inside, boolean bothWays) {
        this.realm = realm;
        this.inside = inside;
        this.bothWays = bothWays;
    }

    void make() {
        for (Service other : realm.alive(null)) {
            if (!inside.contains(other.node())) {
                for (Node node : inside) {
                    cut(other.node(), node);
                    if (bothWays) {
                        cut(node, other.node());
                    }
                }
            }
        }
    }

    private void cut(Node from, Node to) {
        realm.network.cut(from, to);
        made.add(new Way(from, to));
    }

    void mend() {
        made.forEach(way -> realm.network.mend(way.from, way.to));
        made.clear();
    }
}
