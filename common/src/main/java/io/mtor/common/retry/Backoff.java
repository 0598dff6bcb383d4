// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.retry;

/**
 * How long to wait before the gateways are tried again.
 *
 * <p>All of it is chance ("full jitter"): a crowd that lost its gateway in one instant spreads over the whole span, and
 * the span doubles with each round in vain.
 */
public final class Backoff {

    public static final long STEP_MILLIS = 200;

    /** Short enough that a client which nobody took in for as long as a realm heals is back before gateways give it up. */
    public static final long MAX_MILLIS = 10_000;

    private static final int MAX_DOUBLINGS = 16;

    private Backoff() {}

    /**
     * From 0 to 200 ms · 2ⁿ, at most 10 s.
     *
     * @param failures n, how many rounds in a row have found no gateway
     * @param chance from 0 to 1
     */
    public static long delayMillis(int failures, double chance) {
        long most = Math.min(MAX_MILLIS, STEP_MILLIS << Math.min(failures, MAX_DOUBLINGS));
        return Math.round(chance * most);
    }
}
