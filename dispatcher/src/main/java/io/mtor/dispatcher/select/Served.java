// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.Privacy;
import io.mtor.common.protocol.QueryType;
import io.mtor.dispatcher.queue.Demand;
import java.util.List;
import java.util.TreeSet;

/** Says to people what is served here and what is not. */
public final class Served {

    private static final int MAX_NAMES = 12;

    private final WorkerIndex index;

    Served(WorkerIndex index) {
        this.index = index;
    }

    /** Why this cannot be served: what is missing, and what there is for an intent of its privacy. */
    public String missing(Demand demand) {
        QueryType type = demand.queryType();
        if (demand.privacy() == Privacy.TRUSTED && index.isServed(demand.forAnybody())) {
            String what = demand.model() == null ? "" : " with the model '" + demand.model() + "'";
            return "only volunteers serve query type '" + type + "'" + what
                    + " here, and this intent is for trusted workers; with privacy 'any' they could";
        }
        if (demand.model() != null && index.isServed(demand.ofAnyModel())) {
            return "no worker here has the model '" + demand.model() + "' for " + type + "; models: " + models(demand);
        }
        return "nobody here serves query type '" + type + "'; served: " + types(demand.privacy());
    }

    private String types(Privacy privacy) {
        var names = new TreeSet<String>();
        for (Shelf shelf : index.shelves()) {
            if (shelf.demand.model() == null && shelf.demand.privacy() == privacy && shelf.servers() > 0) {
                names.add(shelf.demand.queryType().value());
            }
        }
        return list(List.copyOf(names));
    }

    private String models(Demand demand) {
        var names = new TreeSet<String>();
        for (Shelf shelf : index.shelves()) {
            String model = shelf.demand.model();
            if (model != null && shelf.demand.ofAnyModel().equals(demand.ofAnyModel()) && shelf.servers() > 0) {
                names.add(model);
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
