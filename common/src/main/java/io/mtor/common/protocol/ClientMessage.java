// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that a user's client sends to the gateway. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientMessage.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = ClientMessage.Work.class, name = "work"),
    @JsonSubTypes.Type(value = ClientMessage.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = ClientMessage.Watch.class, name = "watch"),
    @JsonSubTypes.Type(value = ClientMessage.Admin.class, name = "admin"),
    @JsonSubTypes.Type(value = ClientMessage.Ping.class, name = "ping"),
    @JsonSubTypes.Type(value = ClientMessage.Pong.class, name = "pong")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ClientMessage {

    /**
     * Who is there, and what was open on a connection that was lost.
     *
     * @param have per open guid the last piece seen and the worker that accepted it
     */
    record Hello(
            @Nullable String client,
            @Nullable String token,
            @Nullable UserId userId,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
            Map<IntentId, Seen> have)
            implements ClientMessage {

        public Hello {
            have = have == null ? Map.of() : Map.copyOf(have);
        }

        /** The map, never null once built. */
        public Map<IntentId, Seen> seen() {
            return have == null ? Map.of() : have;
        }

        /** Never the token. */
        @Override
        public String toString() {
            return "hello of " + userId;
        }
    }

    /**
     * How far a client got with an intent.
     *
     * @param seq the last piece seen whole; -1 if none
     * @param attempt the attempt it belongs to, as {@code accepted} or {@code restart} said; null if not told
     */
    record Seen(int seq, WorkerId workerId, @Nullable Integer attempt) {}

    /** Do this. Everything but guid, query_type and query_text may be left out. */
    record Work(
            IntentId guid,
            QueryType queryType,
            String queryText,
            @Nullable UserId userId,
            @Nullable String model,
            @Nullable List<Turn> conversation,
            @Nullable List<Media> media,
            @Nullable Parameters parameters,
            @Nullable Boolean stream,
            @Nullable Priority priority,
            @Nullable Long deadlineMs,
            @Nullable Privacy privacy,
            @Nullable Boolean detach,
            @Nullable String traceparent)
            implements ClientMessage {

        /** The smallest work there is: the seed's four fields. */
        public static Work of(IntentId guid, QueryType type, String text, @Nullable UserId user) {
            return new Work(guid, type, text, user, null, null, null, null, null, null, null, null, null, null);
        }

        /** The same work, streamed. */
        public Work streamed() {
            return new Work(
                    guid,
                    queryType,
                    queryText,
                    userId,
                    model,
                    conversation,
                    media,
                    parameters,
                    true,
                    priority,
                    deadlineMs,
                    privacy,
                    detach,
                    traceparent);
        }

        /** Never the text. */
        @Override
        public String toString() {
            return "work " + guid + " " + queryType;
        }
    }

    /**
     * Stop; frees the slot.
     *
     * @param heardChars how much of a spoken answer was heard
     */
    record Cancel(IntentId guid, @Nullable Integer heardChars) implements ClientMessage {}

    /** Send me the state of the topic and its changes, or stop doing so. */
    record Watch(String topic, boolean on) implements ClientMessage {

        /** The topic that everybody may watch. */
        public static final String REALM = "realm";

        /** The topic of operators. */
        public static final String ADMIN = "admin";
    }

    /**
     * Do this; for operators.
     *
     * @param workerId which worker is to drain or to take work again
     * @param message what everybody is to be told, or why a host is drained or revoked
     * @param host the mark of the host that is to be approved, drained or revoked
     */
    record Admin(
            Action action,
            @Nullable WorkerId workerId,
            @Nullable String message,
            @Nullable String host) implements ClientMessage {

        /** @throws IllegalArgumentException if what it is about is missing, or there are two */
        public Admin {
            switch (action) {
                case DRAIN -> requireOne(workerId, host);
                case RESUME -> require(workerId, "worker_id");
                case NOTICE -> require(message, "message");
                case APPROVE, REVOKE -> HostMark.require(require(host, "host"));
            }
        }

        /** About a worker, or to everybody. */
        public Admin(Action action, @Nullable WorkerId workerId, @Nullable String message) {
            this(action, workerId, message, null);
        }

        private static void requireOne(@Nullable WorkerId workerId, @Nullable String host) {
            if (host == null) {
                require(workerId, "worker_id");
            } else if (workerId != null) {
                throw new IllegalArgumentException("worker_id and host are both there");
            } else {
                HostMark.require(host);
            }
        }

        private static <T> T require(@Nullable T value, String name) {
            if (value == null) {
                throw new IllegalArgumentException(name + " is missing");
            }
            return value;
        }
    }

    /** What an operator can do. */
    enum Action {
        /** A worker, or every worker of a host, takes nothing new; what runs goes on. */
        @JsonProperty("drain")
        DRAIN,
        /** It takes work again. */
        @JsonProperty("resume")
        RESUME,
        /** All clients of all gateways are told something. */
        @JsonProperty("notice")
        NOTICE,
        /** A host that joins through a gateway may do so. */
        @JsonProperty("approve")
        APPROVE,
        /** It may not any more. */
        @JsonProperty("revoke")
        REVOKE
    }

    /** Are you there? The guid comes back. */
    record Ping(String guid) implements ClientMessage {}

    /** I am. */
    record Pong(String guid) implements ClientMessage {}
}
