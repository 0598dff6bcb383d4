// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.queue.Demand;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Says to people what is served here and what is not. */
public final class Served {

    private static final int MAX_NAMES = 12;

    private final WorkerIndex index;

    Served(WorkerIndex index) {
        this.index = index;
    }

    /** Why this cannot be served: what is missing, and what there is. */
    public String missing(Demand demand) {
        QueryType type = demand.queryType();
        if (demand.model() != null && index.isServed(new Demand(type, null))) {
            return "no worker here has the model '" + demand.model() + "' for " + type + "; models: " + models(type);
        }
        return "nobody here serves query type '" + type + "'; served: " + types();
    }

    private String types() {
        var names = new TreeSet<String>();
        for (Shelf shelf : index.shelves()) {
            if (shelf.demand.model() == null && shelf.servers() > 0) {
                names.add(shelf.demand.queryType().value());
            }
        }
        return list(List.copyOf(names));
    }

    private String models(QueryType type) {
        var names = new TreeSet<String>();
        for (Shelf shelf : index.shelves()) {
            if (shelf.demand.model() != null && shelf.demand.queryType().equals(type) && shelf.servers() > 0) {
                names.add(Objects.requireNonNull(shelf.demand.model()));
            }
        }
        return list(List.copyOf(names));
    }

    private static String list(List<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String some = String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMES)));
        return names.size() > MAX_NAMES ? some + " and " + (names.size() - MAX_NAMES) + " more" : some;
    }
}
