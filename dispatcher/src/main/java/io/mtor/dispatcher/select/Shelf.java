// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import io.mtor.common.protocol.WorkerId;
import io.mtor.dispatcher.queue.Demand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workers that serve one demand; the free ones in rings by rank, best first.
 *
 * <p>Rank 0 is best: few query types before many, then fast before slow; the synthetic demo has the last ranks. One bit
 * for each ring says whether it holds anyone. Within a ring the most free of the {@value #LOOK} least recently used is
 * picked: exact for small realms, close to it for large ones, and at a cost that does not grow.
 *
 * <p>A worker that has no free slot any more stays in its rings until someone comes across it there; so taking a slot
 * touches one shelf and not all that the worker is on.
 */
final class Shelf {

    static final int TYPE_TIERS = 8;
    static final int SYNTHETIC_TIER = TYPE_TIERS - 1;
    private static final int LOOK = 4;
    private static final long REAL = (1L << (SYNTHETIC_TIER * Skill.TIERS)) - 1;

    final Demand demand;
    private final @Nullable Ring[] rings = new Ring[TYPE_TIERS * Skill.TIERS];
    private long occupied;

    /** Offerings here, whatever the state of their workers. */
    int offerings;

    private int real;
    private int realSlots;
    private int synthetic;
    private int syntheticSlots;

    /** Live workers here whose breaker is open, as last counted. */
    int open;

    /** When the last live worker went. */
    long deserted;

    Shelf(Demand demand, long now) {
        this.demand = demand;
        this.deserted = now;
    }

    /** Counts live workers and their slots. */
    void count(boolean demo, int workers, int slots) {
        if (demo) {
            synthetic += workers;
            syntheticSlots += slots;
        } else {
            real += workers;
            realSlots += slots;
        }
    }

    /** Live workers that may be asked: the real ones, or the demo if there is none. */
    int servers() {
        return real > 0 ? real : synthetic;
    }

    int slots() {
        return real > 0 ? realSlots : syntheticSlots;
    }

    /** True if no real worker serves this. */
    boolean isLeftToTheDemo() {
        return real == 0;
    }

    /** True if so many are kept from work that the fault may not be theirs. */
    boolean isInPanic() {
        return open > 1 && 2 * open > servers();
    }

    /** True if nobody else serves this. */
    boolean hasOneServer() {
        return servers() <= 1;
    }

    boolean yields(Worker worker) {
        return worker.isSynthetic() && real > 0;
    }

    void put(Offering offering) {
        int rank = offering.rank();
        Ring ring = rings[rank];
        if (ring == null) {
            ring = new Ring(rank);
            rings[rank] = ring;
        }
        ring.append(offering);
        occupied |= 1L << rank;
    }

    void remove(Offering offering) {
        Ring ring = offering.ring;
        if (ring != null) {
            ring.remove(offering);
            if (ring.first == null) {
                occupied &= ~(1L << ring.rank);
            }
        }
    }

    /** The best free worker that is not excluded; it is now the most recently used of its ring. */
    @Nullable
    Worker pick(List<WorkerId> excluded) {
        for (long left = real > 0 ? occupied & REAL : occupied; left != 0; left &= left - 1) {
            Ring ring = rings[Long.numberOfTrailingZeros(left)];
            Offering best = ring == null ? null : best(ring, excluded);
            if (ring != null && best != null) {
                ring.remove(best);
                ring.append(best);
                return best.worker;
            }
        }
        return null;
    }

    private @Nullable Offering best(Ring ring, List<WorkerId> excluded) {
        Offering best = null;
        int most = 0;
        int seen = 0;
        Offering each = ring.first;
        while (each != null && seen < LOOK) {
            Offering next = each.next;
            int free = each.worker.available();
            if (free <= 0) {
                each.worker.takeOut(each);
            } else if (excluded.isEmpty() || !excluded.contains(each.worker.id())) {
                seen++;
                if (free > most) {
                    best = each;
                    most = free;
                }
            }
            each = next;
        }
        return best;
    }

    /** Some of the free workers here, best first. */
    List<Worker> free(int atMost) {
        List<Worker> free = new ArrayList<>();
        for (long left = occupied; left != 0; left &= left - 1) {
            Ring ring = rings[Long.numberOfTrailingZeros(left)];
            for (Offering each = ring == null ? null : ring.first; each != null; each = each.next) {
                if (each.worker.available() > 0 && free.size() < atMost) {
                    free.add(each.worker);
                }
            }
        }
        return free;
    }
}
