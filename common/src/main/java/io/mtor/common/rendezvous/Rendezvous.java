// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.rendezvous;

import java.util.Collection;
import java.util.Optional;

/**
 * Rendezvous hashing (Thaler and Ravishankar, 1998): of several candidates the one with the highest weight for a key
 * owns it. Everybody who sees the same candidates names the same owner, and when one goes, only what it owned moves.
 */
public final class Rendezvous {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Rendezvous() {}

    /** The owner of the key; empty if there is no candidate. Candidates are told apart by their text. */
    public static <T> Optional<T> owner(String key, Collection<T> candidates) {
        T best = null;
        long bestWeight = 0;
        for (T candidate : candidates) {
            long weight = weight(key, candidate.toString());
            if (best == null || isHigher(weight, candidate, bestWeight, best)) {
                best = candidate;
                bestWeight = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    private static boolean isHigher(long weight, Object candidate, long bestWeight, Object best) {
        int order = Long.compareUnsigned(weight, bestWeight);
        return order > 0 || (order == 0 && candidate.toString().compareTo(best.toString()) > 0);
    }

    /** FNV-1a over both, then the finalizer of SplitMix64 (Steele et al., 2014), so that similar ids differ in all bits. */
    private static long weight(String key, String candidate) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ '/') * FNV_PRIME;
        for (int i = 0; i < candidate.length(); i++) {
            hash = (hash ^ candidate.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
