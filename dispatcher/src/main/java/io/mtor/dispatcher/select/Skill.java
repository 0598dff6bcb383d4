// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

/**
 * How fast a worker is at one query type, compared with all: kept as a power of two, so that one very long intent does
 * not outweigh many ordinary ones, and looked at in steps of half a power.
 */
final class Skill {

    /** Tier 0 is fastest: 2.8 times as fast as usual or faster; the last is 4 times as slow or slower. */
    static final int TIERS = 8;

    private static final int USUAL = 3;
    private static final int MEMORY = 24;
    /** A tier is left only when its middle is this far away, so that workers do not flutter. */
    private static final double HYSTERESIS = 0.75;

    private int samples;
    private double magnitude;
    private int tier = USUAL;

    int tier() {
        return tier;
    }

    /** Learns from one intent; true if the tier has changed. */
    boolean learn(double difference) {
        samples++;
        magnitude += (difference - magnitude) / Math.min(samples + 4, MEMORY);
        double position = USUAL + 2 * magnitude;
        if (Math.abs(position - tier) < HYSTERESIS) {
            return false;
        }
        int before = tier;
        tier = Math.clamp(Math.round(position), 0, TIERS - 1);
        return tier != before;
    }
}
