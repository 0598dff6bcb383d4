// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Usage;
import io.mtor.common.protocol.WorkerId;
import org.jspecify.annotations.Nullable;

/** What a gateway is told on its own address: all that goes back to its sessions, by key and attempt. */
public sealed interface GatewayBound extends BusMessage {

    IntentKey key();

    /**
     * It waits in the dispatcher's line; repeated at least every two seconds while that is so.
     *
     * @param position 1 is next
     * @param etaMillis null when it is not known
     */
    record Waiting(
            IntentKey key,
            int attempt,
            int position,
            @Nullable Long etaMillis) implements GatewayBound {}

    /** The dispatcher will not place it: impossible, queue-full, rate-limited, deadline or unavailable. */
    record Rejected(
            IntentKey key,
            int attempt,
            ErrorCode code,
            String message,
            @Nullable Long retryAfterMillis) implements GatewayBound {}

    /** What a worker says. */
    sealed interface FromWorker extends GatewayBound {

        /** Who says it: two workers may run the same attempt for a moment, and their pieces must not mix. */
        WorkerId worker();

        /** The attempt it speaks of; 0 if it speaks of the intent as such. */
        default int attempt() {
            return 0;
        }

        /** What the gateway gave with the intent, or when it asked; null from a worker that was given none. */
        @Nullable
        Capability capability();

        /** The same, with what its receiver gave. */
        FromWorker with(@Nullable Capability capability);
    }

    /** A worker has it. */
    record Accepted(
            IntentKey key,
            int attempt,
            WorkerId worker,
            @Nullable String model,
            boolean synthetic,
            long dispatchMicros,
            long queueMillis,
            @Nullable Capability capability)
            implements FromWorker {

        /** Without a capability. */
        public Accepted(
                IntentKey key,
                int attempt,
                WorkerId worker,
                @Nullable String model,
                boolean synthetic,
                long dispatchMicros,
                long queueMillis) {
            this(key, attempt, worker, model, synthetic, dispatchMicros, queueMillis, null);
        }

        @Override
        public Accepted with(@Nullable Capability given) {
            return new Accepted(key, attempt, worker, model, synthetic, dispatchMicros, queueMillis, given);
        }
    }

    /** What a worker makes of an intent, piece by piece; {@code seq} starts at 0 and has no gaps. */
    sealed interface Piece extends FromWorker {

        int seq();
    }

    /** A piece of text. */
    record Text(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int seq,
            String text,
            @Nullable Capability capability) implements Piece {

        /** Without a capability. */
        public Text(IntentKey key, int attempt, WorkerId worker, int seq, String text) {
            this(key, attempt, worker, seq, text, null);
        }

        @Override
        public Text with(@Nullable Capability given) {
            return new Text(key, attempt, worker, seq, text, given);
        }
    }

    /**
     * A part of a medium, at most 64 KiB; all parts of one medium have the same {@code seq}.
     *
     * @param offset where the part begins in the medium, in bytes
     * @param last true for the part that ends it
     */
    record MediaPart(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int seq,
            String mediaType,
            int offset,
            Bytes data,
            boolean last,
            @Nullable Capability capability)
            implements Piece {

        /** Without a capability. */
        public MediaPart(
                IntentKey key,
                int attempt,
                WorkerId worker,
                int seq,
                String mediaType,
                int offset,
                Bytes data,
                boolean last) {
            this(key, attempt, worker, seq, mediaType, offset, data, last, null);
        }

        @Override
        public MediaPart with(@Nullable Capability given) {
            return new MediaPart(key, attempt, worker, seq, mediaType, offset, data, last, given);
        }
    }

    /** How far it is: {@code done} of {@code of}. */
    record Progress(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int seq,
            int done,
            int of,
            @Nullable Media preview,
            @Nullable Capability capability)
            implements Piece {

        /** Without a capability. */
        public Progress(
                IntentKey key, int attempt, WorkerId worker, int seq, int done, int of, @Nullable Media preview) {
            this(key, attempt, worker, seq, done, of, preview, null);
        }

        @Override
        public Progress with(@Nullable Capability given) {
            return new Progress(key, attempt, worker, seq, done, of, preview, given);
        }
    }

    /**
     * It is done.
     *
     * @param pieces how many pieces there were; the last had {@code seq == pieces - 1}
     * @param text the whole text
     */
    record Completed(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int pieces,
            String text,
            @Nullable String model,
            @Nullable Usage usage,
            long firstMillis,
            long workMillis,
            @Nullable Capability capability)
            implements FromWorker {

        /** Without a capability. */
        public Completed(
                IntentKey key,
                int attempt,
                WorkerId worker,
                int pieces,
                String text,
                @Nullable String model,
                @Nullable Usage usage,
                long firstMillis,
                long workMillis) {
            this(key, attempt, worker, pieces, text, model, usage, firstMillis, workMillis, null);
        }

        @Override
        public Completed with(@Nullable Capability given) {
            return new Completed(key, attempt, worker, pieces, text, model, usage, firstMillis, workMillis, given);
        }
    }

    /** The worker could not do it. */
    record Failed(
            IntentKey key,
            int attempt,
            WorkerId worker,
            Cause cause,
            String message,
            @Nullable Capability capability) implements FromWorker {

        /** Without a capability. */
        public Failed(IntentKey key, int attempt, WorkerId worker, Cause cause, String message) {
            this(key, attempt, worker, cause, message, null);
        }

        @Override
        public Failed with(@Nullable Capability given) {
            return new Failed(key, attempt, worker, cause, message, given);
        }
    }

    /**
     * The worker has it: the answer to a probe.
     *
     * @param pieces how many it has sent, or could not send yet for want of credit
     * @param ended true if the terminal message is among what it has
     */
    record Alive(
            IntentKey key,
            int attempt,
            WorkerId worker,
            int pieces,
            boolean ended,
            @Nullable Capability capability) implements FromWorker {

        /** Without a capability. */
        public Alive(IntentKey key, int attempt, WorkerId worker, int pieces, boolean ended) {
            this(key, attempt, worker, pieces, ended, null);
        }

        @Override
        public Alive with(@Nullable Capability given) {
            return new Alive(key, attempt, worker, pieces, ended, given);
        }
    }

    /** The worker knows nothing of it (any more). */
    record UnknownIntent(
            IntentKey key, WorkerId worker, @Nullable Capability capability) implements FromWorker {

        /** Without a capability. */
        public UnknownIntent(IntentKey key, WorkerId worker) {
            this(key, worker, null);
        }

        @Override
        public UnknownIntent with(@Nullable Capability given) {
            return new UnknownIntent(key, worker, given);
        }
    }

    /** The worker answers another gateway by now, which asked to resume it: here nothing more will come of it. */
    record Moved(IntentKey key, WorkerId worker, @Nullable Capability capability) implements FromWorker {

        /** Without a capability. */
        public Moved(IntentKey key, WorkerId worker) {
            this(key, worker, null);
        }

        @Override
        public Moved with(@Nullable Capability given) {
            return new Moved(key, worker, given);
        }
    }

    /** Why a worker could not do it, by what should follow. */
    enum Cause {
        /** The model server has no place just now: another worker may. */
        BUSY,
        /** The model is gone from the model server. */
        NO_MODEL,
        /** The user's fault; another worker would say the same. */
        BAD_INPUT,
        /** The model server wants a key that the host has not given. */
        NEEDS_KEY,
        /** The model server failed, or broke off in the middle. */
        FAILED,
        /** Refused or reset before it began. */
        GONE,
        /** It took longer than it may. */
        DEADLINE,
        /** We stopped it. */
        CANCELLED,
        /** The host leaves or its owner wants it back. */
        HANDED_BACK
    }
}
