// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a dispatcher is told on its own address. */
public sealed interface DispatcherBound extends BusMessage {

    /**
     * Find a worker for this, or let it wait. Sent again with the same key and attempt when no sign of it came back,
     * so it must be harmless to repeat.
     *
     * @param gateway where the answer goes
     * @param attempt starts at 1 and rises with every dispatch after a worker was lost or failed
     * @param excluded workers that do not get this attempt as long as any other serves it
     * @param ttlMillis how long the intent may still take, in milliseconds
     * @param capability for the worker that gets it; null if the gateway gave none
     * @param ageMillis how long ago the user sent it: its turn in the line counts from then, whoever kept the line so far
     * @param alone true if its worker must have nothing else meanwhile, because a worker was lost with it before
     */
    record Place(
            Intent intent,
            GatewayId gateway,
            int attempt,
            List<WorkerId> excluded,
            long ttlMillis,
            @Nullable Capability capability,
            long ageMillis,
            boolean alone)
            implements DispatcherBound {

        public Place {
            excluded = List.copyOf(excluded);
        }

        /** One that has just been sent, without a capability, in company. */
        public Place(Intent intent, GatewayId gateway, int attempt, List<WorkerId> excluded, long ttlMillis) {
            this(intent, gateway, attempt, excluded, ttlMillis, null, 0, false);
        }
    }

    /**
     * Forget the intent if it waits here.
     *
     * @param gateway who no longer wants it: if another gateway has placed it since, it stays; null withdraws it whoever
     *     has placed it
     */
    record Withdraw(IntentKey key, @Nullable GatewayId gateway) implements DispatcherBound {

        /** Withdraws it whoever has placed it. */
        public Withdraw(IntentKey key) {
            this(key, null);
        }

        public boolean isMeantFor(GatewayId placedBy) {
            return gateway == null || gateway.equals(placedBy);
        }
    }

    /**
     * What changed at a worker, coalesced: sent to the dispatcher that assigned the intents in it.
     *
     * @param load the worker's own figures after all of this
     */
    record WorkerReport(WorkerId worker, Load load, List<IntentKey> accepted, List<Ended> ended)
            implements DispatcherBound {

        public WorkerReport {
            accepted = List.copyOf(accepted);
            ended = List.copyOf(ended);
        }
    }

    /** The worker does not take this attempt; it goes back to the head of the line. */
    record Refused(WorkerId worker, Load load, IntentKey key, int attempt, Reason reason) implements DispatcherBound {}

    /** An intent that a worker has ended. */
    record Ended(IntentKey key, QueryType queryType, Outcome outcome, long workMillis) {}

    /** How an intent ended, as far as it tells something of the worker. */
    enum Outcome {
        COMPLETED,
        /** The user's fault: says nothing of the worker. */
        CLIENT_ERROR,
        /** The worker's or its model server's fault: opens its breaker. */
        FAILED,
        /** Not done, and nobody's fault; if it took longer than others take, it says how slow the worker is. */
        CANCELLED;

        /** What a failure tells of the worker. */
        public static Outcome of(GatewayBound.Cause cause) {
            return switch (cause) {
                case BAD_INPUT -> CLIENT_ERROR;
                case BUSY, NO_MODEL, NEEDS_KEY, FAILED, GONE -> FAILED;
                case DEADLINE, CANCELLED, HANDED_BACK -> CANCELLED;
            };
        }
    }

    /** Why a worker refused. */
    enum Reason {
        NO_FREE_SLOT,
        DRAINING,
        /** It does not serve that query type or model (any more). */
        NOT_SERVED,
        /** The owner of the host has paused it. */
        PAUSED,
        /** It has a later attempt at the same intent, or had it: whoever placed this one is behind. */
        OUTDATED
    }
}
