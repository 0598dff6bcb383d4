// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.SplittableRandom;

/** Streams of chance that do not depend on each other: what one draws more or less does not change another's. */
public final class Chance {

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Chance() {}

    /** The stream of this seed for this concern and number. */
    public static SplittableRandom of(long seed, String concern, long number) {
        return new SplittableRandom(mix(seed + GOLDEN * (concern.hashCode() + GOLDEN * number)));
    }

    public static SplittableRandom of(long seed, String concern) {
        return of(seed, concern, 0);
    }

    /** The finalizer of SplitMix64 (Steele et al., 2014). */
    public static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
