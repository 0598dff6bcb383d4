// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that the gateway sends to a user's client.
 *
 * <p>For one intent the client sees exactly one terminal message: {@link Result} or a {@link Failure} with its guid. If
 * it asked for a stream, an {@link Ack} and any number of the others come before.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerMessage.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = ServerMessage.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerMessage.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = ServerMessage.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = ServerMessage.Chunk.class, name = "chunk"),
    @JsonSubTypes.Type(value = ServerMessage.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = ServerMessage.Restart.class, name = "restart"),
    @JsonSubTypes.Type(value = ServerMessage.Result.class, name = "result"),
    @JsonSubTypes.Type(value = ServerMessage.Failure.class, name = "error"),
    @JsonSubTypes.Type(value = ServerMessage.Realm.class, name = "realm"),
    @JsonSubTypes.Type(value = ServerMessage.Operations.class, name = "operations"),
    @JsonSubTypes.Type(value = ServerMessage.Notice.class, name = "notice"),
    @JsonSubTypes.Type(value = ServerMessage.Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = ServerMessage.Pong.class, name = "pong")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerMessage {

    /**
     * Who you are, what you may send, and what is served here now.
     *
     * @param role what you are beside a user; null for nothing
     */
    record Welcome(
            String session,
            UserId userId,
            Limits limits,
            List<QueryType> queryTypes,
            @Nullable Role role) implements ServerMessage {}

    /** What somebody may be beside a user. */
    enum Role {
        /** An operator. */
        @JsonProperty("admin")
        ADMIN
    }

    /**
     * Admitted.
     *
     * @param queryType for {@code auto}, what the words were understood as
     * @param confidence 0 to 1, only for {@code auto}
     */
    record Ack(IntentId guid, QueryType queryType, @Nullable Double confidence) implements ServerMessage {}

    /**
     * Waiting; sent again when it changes, and every two seconds.
     *
     * @param position 1 is next; counts only intents that compete for the same workers; left out when nobody knows
     * @param etaMs left out when it is not known
     */
    record Queued(
            IntentId guid,
            @Nullable Integer position,
            @Nullable Long etaMs) implements ServerMessage {}

    /** A worker has it; {@code attempt} starts at 1. */
    record Accepted(
            IntentId guid,
            WorkerId workerId,
            @Nullable String model,
            int attempt,
            @Nullable Boolean synthetic) implements ServerMessage {}

    /**
     * A piece of the answer: text, or the opening of a binary stream that carries one medium.
     *
     * @param seq counts pieces and progress of one attempt from 0, without gaps or repeats
     */
    record Chunk(
            IntentId guid,
            int seq,
            @Nullable String text,
            @Nullable Integer stream,
            @Nullable String mediaType) implements ServerMessage {}

    /** How far long work is: {@code done} of {@code of}. */
    record Progress(
            IntentId guid,
            int seq,
            int done,
            int of,
            @Nullable Media preview) implements ServerMessage {}

    /** What was shown so far is void; another worker begins again, and {@code seq} starts at 0. */
    record Restart(IntentId guid, int attempt, String reason) implements ServerMessage {}

    /** The whole answer. Terminal. */
    record Result(
            IntentId guid,
            String resultText,
            WorkerId workerId,
            @Nullable String model,
            @Nullable List<Media> media,
            @Nullable Usage usage,
            Timing timing,
            @Nullable Boolean synthetic)
            implements ServerMessage {

        /** Never the text. */
        @Override
        public String toString() {
            return "result " + guid + " by " + workerId;
        }
    }

    /** What went wrong. Terminal if it has a guid. */
    record Failure(
            @Nullable IntentId guid,
            ErrorCode code,
            String message,
            boolean retryable,
            @Nullable Long retryAfterMs) implements ServerMessage {

        public static Failure of(@Nullable IntentId guid, ErrorCode code, String message) {
            return new Failure(guid, code, message, code.retryable(), null);
        }
    }

    /** The state of the realm; a whole snapshot each time, {@code revision} rises. */
    record Realm(long revision, List<WorkerState> workers, int gateways, int dispatchers, int monitors, int waiting)
            implements ServerMessage {}

    /**
     * One worker in the state of the realm.
     *
     * @param speeds what its host measured; null if it did not
     */
    record WorkerState(
            WorkerId workerId,
            String name,
            Health health,
            @Nullable String reason,
            List<Offer> queryTypes,
            int slots,
            int inFlight,
            boolean synthetic,
            @Nullable List<Speed> speeds) {}

    /** How the realm is doing, for operators who watch it; the whole of it each time. */
    record Operations(
            List<LineState> lines,
            List<DispatcherState> dispatchers,
            List<GatewayState> gateways,
            List<HostState> hosts)
            implements ServerMessage {}

    /**
     * One host that has joined through a gateway, or that is kept from work.
     *
     * @param mark by which operators name it
     * @param name what its token was made for; left out if nobody knows
     * @param trust whose it is; left out while it is not connected, as is the gateway
     */
    record HostState(
            String mark,
            @Nullable String name,
            @Nullable Trust trust,
            Standing state,
            int workers,
            @Nullable GatewayId gatewayId) {}

    /** Whether a host may work. */
    enum Standing {
        /** It is to be approved first. */
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("in")
        IN,
        /** An operator wants it to take nothing new. */
        @JsonProperty("drained")
        DRAINED,
        /** Audits found that it lies: it takes nothing new. */
        @JsonProperty("caught")
        CAUGHT,
        @JsonProperty("revoked")
        REVOKED
    }

    /**
     * One query type in the lines of all dispatchers.
     *
     * @param oldestMs what the intent that waits longest has waited; left out if none waits
     * @param placedPerS intents sent to workers; left out while that is not known
     */
    record LineState(
            QueryType queryType,
            int waiting,
            @Nullable Long oldestMs,
            @Nullable Double placedPerS) {}

    /**
     * One dispatcher.
     *
     * @param open intents that wait there, or that no worker has accepted yet
     */
    record DispatcherState(
            DispatcherId dispatcherId,
            long upMs,
            int open,
            @Nullable Double placedPerS,
            long heapBytes,
            long maxHeapBytes) {}

    /**
     * One gateway.
     *
     * @param open intents without a terminal message
     */
    record GatewayState(
            GatewayId gatewayId,
            long upMs,
            int sessions,
            int open,
            @Nullable Double intentsPerS,
            long heapBytes,
            long maxHeapBytes) {}

    /** From an operator, for people. */
    record Notice(String message) implements ServerMessage {}

    /** Are you there? Answer with a pong of the same guid. */
    record Ping(String guid) implements ServerMessage {}

    /** I am. */
    record Pong(String guid) implements ServerMessage {}

    /** How a worker is shown to people. */
    enum Health {
        @JsonProperty("healthy")
        HEALTHY,
        @JsonProperty("degraded")
        DEGRADED,
        @JsonProperty("down")
        DOWN,
        @JsonProperty("draining")
        DRAINING
    }

    /** The intent that it speaks of; null if it speaks of none. */
    default @Nullable IntentId subject() {
        return switch (this) {
            case Ack m -> m.guid;
            case Queued m -> m.guid;
            case Accepted m -> m.guid;
            case Chunk m -> m.guid;
            case Progress m -> m.guid;
            case Restart m -> m.guid;
            case Result m -> m.guid;
            case Failure m -> m.guid;
            case Welcome m -> null;
            case Realm m -> null;
            case Operations m -> null;
            case Notice m -> null;
            case Ping m -> null;
            case Pong m -> null;
        };
    }

    /** True for the message after which nothing more follows for its guid. Not on the wire. */
    @JsonIgnore
    default boolean isTerminal() {
        return (this instanceof Result || this instanceof Failure) && subject() != null;
    }
}
