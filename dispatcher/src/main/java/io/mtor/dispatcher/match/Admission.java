// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.common.bus.GatewayBound.Rejected;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.dispatcher.queue.Census;
import io.mtor.dispatcher.queue.FairQueue;
import io.mtor.dispatcher.queue.Standings;
import io.mtor.dispatcher.queue.Ticket;
import io.mtor.dispatcher.select.Fleet;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an intent that found no free worker may wait.
 *
 * <p>Refused are: what nobody here can serve, unless that was served a moment ago or the workers have had no time to be
 * heard of; what is over a limit of the line; and what would wait for so long that no time is left for the work, when that
 * can be foreseen well.
 */
final class Admission {

    private static final long MIN_RETRY_MILLIS = 1_000;
    private static final long MAX_RETRY_MILLIS = 60_000;

    private final LineLimits limits;
    private final FairQueue queue;
    private final Standings standings;
    private final Fleet fleet;
    private final long startGrace;
    private long welcomeUntil;
    private boolean welcoming = true;

    Admission(MatchRules rules, FairQueue queue, Standings standings, Fleet fleet, long now) {
        this.limits = rules.line();
        this.queue = queue;
        this.standings = standings;
        this.fleet = fleet;
        this.startGrace = rules.patience().startGrace().toNanos();
        this.welcomeUntil = now + rules.patience().firstWorker().toNanos();
    }

    /** A worker has announced itself: the others do so in a moment. */
    void heard(long now) {
        if (now + startGrace - welcomeUntil < 0) {
            welcomeUntil = now + startGrace;
        }
    }

    /** The refusal, or null if the intent may wait. */
    @Nullable
    Rejected refusal(Ticket ticket, long now) {
        if (ticket.ttlMillis(now) <= 0) {
            return late(ticket);
        }
        Rejected impossible = impossible(ticket, now);
        if (impossible != null) {
            return impossible;
        }
        Double wait = standings.expectedWaitMillis(ticket, fleet);
        Rejected full = overLimit(ticket, wait);
        return full != null ? full : tooSlow(ticket, wait, now);
    }

    /** True until the workers have had time to announce themselves to a dispatcher that has just started. */
    private boolean isWelcoming(long now) {
        return now - welcomeUntil < 0;
    }

    /** True once, when that time is over: what was let in before anybody could know is looked at again. */
    boolean endsWelcome(long now) {
        boolean ends = welcoming && !isWelcoming(now);
        welcoming &= !ends;
        return ends;
    }

    /** The refusal of what nobody here can serve, or null. */
    @Nullable
    Rejected impossible(Ticket ticket, long now) {
        return isWelcoming(now) || fleet.wasServedLately(ticket.demand(), now)
                ? null
                : rejected(ticket, ErrorCode.IMPOSSIBLE, fleet.served().missing(ticket.demand()), null);
    }

    /** The refusal of an intent that has waited, or null if it may wait on. */
    @Nullable
    Rejected refusalInLine(Ticket ticket, boolean welcomeEnds, long now) {
        if (ticket.ttlMillis(now) <= 0) {
            return late(ticket);
        }
        return welcomeEnds ? impossible(ticket, now) : null;
    }

    static Rejected late(Ticket ticket) {
        return rejected(ticket, ErrorCode.DEADLINE, "it waited for longer than it may take", null);
    }

    private @Nullable Rejected overLimit(Ticket ticket, @Nullable Double wait) {
        Census census = queue.census();
        if (census.of(ticket.user()) >= limits.perUser()) {
            String message = "this user has " + limits.perUser() + " intents waiting, which is the limit";
            return rejected(ticket, ErrorCode.RATE_LIMITED, message, retryAfter(wait));
        }
        String full = census.total() >= limits.waiting()
                ? "the line is full"
                : census.of(ticket.queryType()) >= limits.perQueryType()
                        ? "the line for " + ticket.queryType() + " is full"
                        : census.bytes() >= limits.weight().bytes() ? "what waits weighs too much already" : null;
        return full == null ? null : rejected(ticket, ErrorCode.QUEUE_FULL, full, retryAfter(wait));
    }

    private @Nullable Rejected tooSlow(Ticket ticket, @Nullable Double wait, long now) {
        Double work = fleet.meanMillis(ticket.queryType());
        if (wait == null || work == null) {
            return null;
        }
        long ttl = ticket.ttlMillis(now);
        double over = wait + Math.min(work, ttl / 2.0) - ttl;
        return over <= 0
                ? null
                : rejected(
                        ticket,
                        ErrorCode.QUEUE_FULL,
                        "it would wait for longer than it may take",
                        Math.clamp(Math.round(over), MIN_RETRY_MILLIS, MAX_RETRY_MILLIS));
    }

    /** A tenth of the line gone is a good time to ask again. */
    private static long retryAfter(@Nullable Double wait) {
        return wait == null ? MIN_RETRY_MILLIS : Math.clamp(Math.round(wait / 10), MIN_RETRY_MILLIS, MAX_RETRY_MILLIS);
    }

    private static Rejected rejected(Ticket ticket, ErrorCode code, String message, @Nullable Long retryAfterMillis) {
        return new Rejected(ticket.key(), ticket.place().attempt(), code, message, retryAfterMillis);
    }
}
