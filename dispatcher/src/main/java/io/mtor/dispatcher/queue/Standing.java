// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.queue;

import org.jspecify.annotations.Nullable;

/**
 * Where an intent stands in line.
 *
 * @param position 1 is next; 0 before it has been worked out
 * @param etaMillis when a worker will take it; null when that is not known
 */
public record Standing(int position, @Nullable Long etaMillis) {

    public static final Standing UNKNOWN = new Standing(0, null);

    /** Nearer than this the user watches each step. */
    private static final int NEAR = 5;

    private static final long MILLIS_WORTH_TELLING = 1000;

    /** True if a user who was told {@code before} would want to hear of this. */
    public boolean differsNotablyFrom(Standing before) {
        int moved = Math.abs(position - before.position);
        if (moved > 0 && (before.position == 0 || position <= NEAR || moved * 4 >= before.position)) {
            return true;
        }
        if (etaMillis == null || before.etaMillis == null) {
            return (etaMillis == null) != (before.etaMillis == null);
        }
        long shift = Math.abs(etaMillis - before.etaMillis);
        return shift > MILLIS_WORTH_TELLING && shift * 4 > before.etaMillis;
    }

    /** True if the next slot or the one after is likely its own. */
    public boolean isNear() {
        return position <= NEAR;
    }
}
