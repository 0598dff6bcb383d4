// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

/**
 * How busy a worker is.
 *
 * @param slots how many intents it can run at once, at least 0
 * @param inFlight how many it runs now; free are the others
 */
public record Load(int slots, int inFlight, boolean draining) {

    /** Slots that can take an intent now; 0 while draining. */
    public int free() {
        return draining ? 0 : Math.max(0, slots - inFlight);
    }
}
