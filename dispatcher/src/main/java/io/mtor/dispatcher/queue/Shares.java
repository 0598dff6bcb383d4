// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import io.mtor.common.protocol.Priority;
import java.util.Arrays;

/**
 * Gives each class of intents its share of freed slots: voice 8, interactive 4, api 2, batch 1, as long as it waits.
 *
 * <p>Stride scheduling: each class has a pass, the smallest pass goes next and then moves on by the inverse of the
 * weight. A class that begins to wait starts one stride after the present, so idling earns no credit. Workers that
 * serve the same query types share one of these; workers that serve others have their own, because a class that got
 * much from one kind of workers must not pay for it at another kind.
 */
public final class Shares {

    /** By class. */
    static final int[] WEIGHTS = {8, 4, 2, 1};

    static final int CLASSES = WEIGHTS.length;

    private final double[] passes;
    private int waitingBefore;
    private double present;

    public Shares() {
        this(new double[CLASSES], 0, 0);
    }

    private Shares(double[] passes, int waitingBefore, double present) {
        this.passes = passes;
        this.waitingBefore = waitingBefore;
        this.present = present;
    }

    /** The class of this priority; 0 is the most urgent. */
    static int classOf(Priority priority) {
        return switch (priority) {
            case VOICE -> 0;
            case INTERACTIVE -> 1;
            case API -> 2;
            case BATCH -> 3;
        };
    }

    /** The same state, to play forward without consequences. */
    Shares copy() {
        return new Shares(Arrays.copyOf(passes, CLASSES), waitingBefore, present);
    }

    /**
     * Chooses the class that gets the slot, and charges it.
     *
     * @param waiting one bit for each class that has an intent for this slot; at least one
     */
    int choose(int waiting) {
        int chosen = -1;
        for (int each = 0; each < CLASSES; each++) {
            int bit = 1 << each;
            if ((waiting & bit) == 0) {
                continue;
            }
            if ((waitingBefore & bit) == 0) {
                passes[each] = Math.max(passes[each], present + stride(each));
            }
            if (chosen < 0 || passes[each] < passes[chosen]) {
                chosen = each;
            }
        }
        waitingBefore = waiting;
        present = passes[chosen];
        passes[chosen] += stride(chosen);
        return chosen;
    }

    private static double stride(int each) {
        return 1.0 / WEIGHTS[each];
    }
}
