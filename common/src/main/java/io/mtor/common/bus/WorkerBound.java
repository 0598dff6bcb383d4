// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.MonitorId;
import org.jspecify.annotations.Nullable;

/** What a worker is told on its own address. */
public sealed interface WorkerBound extends BusMessage {

    /**
     * Do this. A worker that runs the same key and attempt already answers {@code Accepted} again.
     *
     * @param gateway where the answer goes
     * @param dispatcher who is told of acceptance, refusal and end
     * @param ttlMillis how long the intent may still take
     * @param dispatchMicros what choosing took, in microseconds; comes back in {@code Accepted}
     * @param queueMillis what it waited in the line; comes back in {@code Accepted}
     * @param capability to be shown to the gateway in every answer; null if it gave none
     * @param alone true if it takes every slot: a worker that runs anything else refuses it
     */
    record Assign(
            Intent intent,
            GatewayId gateway,
            DispatcherId dispatcher,
            int attempt,
            long ttlMillis,
            long dispatchMicros,
            long queueMillis,
            @Nullable Capability capability,
            boolean alone)
            implements WorkerBound {

        /** What is to be done of a placement, by a worker that this dispatcher has chosen. */
        public static Assign of(
                DispatcherBound.Place place,
                DispatcherId dispatcher,
                long ttlMillis,
                long dispatchMicros,
                long queueMillis) {
            return new Assign(
                    place.intent(),
                    place.gateway(),
                    dispatcher,
                    place.attempt(),
                    ttlMillis,
                    dispatchMicros,
                    queueMillis,
                    place.capability(),
                    place.alone());
        }

        /** Without a capability, in company. */
        public Assign(
                Intent intent,
                GatewayId gateway,
                DispatcherId dispatcher,
                int attempt,
                long ttlMillis,
                long dispatchMicros,
                long queueMillis) {
            this(intent, gateway, dispatcher, attempt, ttlMillis, dispatchMicros, queueMillis, null, false);
        }
    }

    /**
     * Stop and free the slot; no answer is awaited. Attempts above {@code attempt} go on.
     *
     * @param gateway who no longer wants it: if the worker answers another gateway by now, it goes on; null stops it
     *     whoever is answered
     */
    record Cancel(IntentKey key, int attempt, @Nullable GatewayId gateway) implements WorkerBound {

        /** Stops it whoever is answered. */
        public Cancel(IntentKey key, int attempt) {
            this(key, attempt, null);
        }
    }

    /**
     * Send what follows {@code afterSeq} to this gateway from now on. Answered at once with {@code Accepted}, the pieces
     * that are there and the terminal message if it is; with {@code UnknownIntent} if nothing is known of it. What comes
     * before {@code afterSeq}, itself included, counts as credited. If another gateway was answered so far, that one is
     * told {@code Moved}.
     *
     * @param afterSeq the last piece that arrived whole; -1 for all
     * @param capability to be shown to this gateway from now on; null if it gave none
     */
    record Resume(
            IntentKey key,
            GatewayId gateway,
            int afterSeq,
            @Nullable Capability capability) implements WorkerBound {

        /** Without a capability. */
        public Resume(IntentKey key, GatewayId gateway, int afterSeq) {
            this(key, gateway, afterSeq, null);
        }
    }

    /**
     * Do you still have it? Answered with {@code Alive}, with {@code UnknownIntent}, or with {@code Moved} if another
     * gateway is answered by now; changes nothing.
     *
     * @param capability to be shown in the answer; null if the gateway gave none
     */
    record Probe(IntentKey key, GatewayId gateway, @Nullable Capability capability) implements WorkerBound {

        /** Without a capability. */
        public Probe(IntentKey key, GatewayId gateway) {
            this(key, gateway, null);
        }
    }

    /** The pieces up to {@code seq} have been handed to the client: the window may move on. */
    record Credit(IntentKey key, int attempt, int seq) implements WorkerBound {}

    /** Are you there? Answered at once from the worker's own event loop. */
    record Ping(MonitorId monitor, long nonce) implements WorkerBound {}

    /**
     * An operator wants this worker to take nothing new, or to take work again. What runs goes on, and the worker stays in
     * the realm. Answered by an announcement, whose load says whether it drains.
     *
     * @param gateway where the operator is
     */
    record Drain(GatewayId gateway, boolean on) implements WorkerBound {}
}
