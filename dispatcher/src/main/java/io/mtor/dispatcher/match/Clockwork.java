// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.match;

import io.mtor.dispatcher.queue.Ticket;

/**
 * Says what is due.
 *
 * <p>If the dispatcher itself stood still, everybody else seems to have been silent: after a gap between two ticks all
 * waits for others begin anew.
 */
final class Clockwork {

    private static final long GAP_NANOS = 1_000_000_000L;

    private final long acceptNanos;
    private final long silenceNanos;
    private final long verdictNanos;
    private final long heartbeatNanos;
    private final long refreshNanos;

    private long lastTick;
    private long awake;
    private long refreshed;
    private long refreshedChanges;

    Clockwork(Patience patience, long now) {
        this.acceptNanos = patience.accept().toNanos();
        this.silenceNanos = patience.silence().toNanos();
        this.verdictNanos = patience.verdict().toNanos();
        this.heartbeatNanos = patience.heartbeat().toNanos();
        this.refreshNanos = patience.refresh().toNanos();
        this.lastTick = now;
        this.awake = now;
        this.refreshed = now - refreshNanos;
    }

    void tick(long now) {
        if (now - lastTick > GAP_NANOS) {
            awake = now;
        }
        lastTick = now;
    }

    boolean isSilent(long heard, long now) {
        return now - heard > silenceNanos && now - awake > silenceNanos;
    }

    /** True if a verdict that was heard last at {@code judged} should have been repeated. */
    boolean isOutdated(long judged, long now) {
        return now - judged > verdictNanos && now - awake > verdictNanos;
    }

    /** True if whoever was assigned something at {@code since} should have accepted it. */
    boolean isUnanswered(long since, long now) {
        return now - since >= acceptNanos && now - awake >= acceptNanos;
    }

    /** True if where everybody stands should be worked out now, because the line has changed. */
    boolean isRefreshDue(long changes, long now) {
        if (changes == refreshedChanges || now - refreshed < refreshNanos) {
            return false;
        }
        refreshed = now;
        refreshedChanges = changes;
        return true;
    }

    /** True if the gateway should hear of this waiting intent now. */
    boolean isWorthTelling(Ticket ticket, long now) {
        if (ticket.standing().position() == 0) {
            return false;
        }
        boolean first = ticket.told().position() == 0;
        if (first || now - ticket.toldAt() >= heartbeatNanos - refreshNanos) {
            return true;
        }
        boolean soon = now - ticket.toldAt() < heartbeatNanos / 2;
        return ticket.standing().differsNotablyFrom(ticket.told())
                && (!soon || ticket.standing().isNear());
    }
}
