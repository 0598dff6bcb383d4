// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.core;

/**
 * Whether this gateway can still do something for its clients, or another one could do more.
 *
 * <p>It is cut off if
 *
 * <ul>
 *   <li>a dispatcher is there, but answers nothing that is placed: it is heard here, and we are not heard there; or
 *   <li>no dispatcher is there and no other gateway either. Where only the dispatchers are gone, other gateways have none
 *       either, and clients had better wait here.
 * </ul>
 *
 * Either way only if there was another gateway a while ago, to which clients can go. Whoever was not heard has sent its
 * clients away, and so has nothing more to place by which it could tell that it is heard: it takes some again after a
 * while.
 *
 * <p>Not thread-safe. Times are milliseconds that never go back.
 */
final class Reach {

    /** Time to ask two dispatchers, one after the other, and longer than one that stands still is taken for being there. */
    static final long UNANSWERED_MILLIS = 6_000;

    static final long COMPANY_MILLIS = 60_000;

    static final long AGAIN_MILLIS = 5_000;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private long companyAt = NEVER;
    private long againAt = NEVER;
    private boolean cutOff;

    /**
     * Takes what is seen now; to be called about every 100 ms.
     *
     * @param company whether another gateway is there
     * @param unansweredMillis how long nothing of what was placed has been answered; 0 if nothing is to be
     */
    void look(boolean dispatcher, boolean company, long unansweredMillis, long now) {
        companyAt = company ? now : companyAt;
        boolean unheard = dispatcher && unansweredMillis >= UNANSWERED_MILLIS;
        boolean alone = !dispatcher && !company;
        if ((unheard || alone) && (cutOff || now - companyAt <= COMPANY_MILLIS)) {
            cutOff = true;
            againAt = unheard ? now + AGAIN_MILLIS : now;
        } else if (now >= againAt) {
            cutOff = false;
        }
    }

    boolean isCutOff() {
        return cutOff;
    }
}
