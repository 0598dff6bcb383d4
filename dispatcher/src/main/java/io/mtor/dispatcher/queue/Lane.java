// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import org.jspecify.annotations.Nullable;

/** Those who wait for the same demand, by class. */
final class Lane {

    final Demand demand;
    final Band[] bands = new Band[Shares.CLASSES];

    Lane(Demand demand) {
        this.demand = demand;
        for (int each = 0; each < bands.length; each++) {
            bands[each] = new Band();
        }
    }

    boolean isEmpty() {
        return size() == 0;
    }

    int size() {
        int size = 0;
        for (Band band : bands) {
            size += band.size();
        }
        return size;
    }

    Band band(Ticket ticket) {
        return bands[Shares.classOf(ticket.priority())];
    }

    /** Puts the lane's candidate of each class into {@code best} where its turn is earlier. */
    void contend(@Nullable Flow[] best, Taker taker) {
        for (int each = 0; each < bands.length; each++) {
            Flow first = bands[each].size() == 0 ? null : bands[each].first(taker);
            Flow rival = best[each];
            if (first != null && (rival == null || first.compareTo(rival) < 0)) {
                best[each] = first;
            }
        }
    }
}
