// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.edge;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import java.util.List;

/**
 * A message between a host and the gateway that stands for its workers on the bus.
 *
 * <pre>
 *   host                                     gateway
 *     │ GET /ws/worker, Authorization: Bearer   │
 *     │ ──────────────────────────────────────► │  is the token good?
 *     │ ◄────────────────────────────────────── │  {@link Challenge}
 *     │ {@link Proof}                                   │
 *     │ ──────────────────────────────────────► │  has it the key that its name comes from?
 *     │ ◄────────────────────────────────────── │  {@link Waiting}, every second, until an operator has approved it
 *     │ ◄────────────────────────────────────── │  {@link Welcome}, or the connection ends
 *     │ {@link Said}                                    │
 *     │ ──────────────────────────────────────► │  a worker announces itself: from now on it is on the bus
 *     │ ◄────────────────────────────────────── │  {@link Told}, {@link News}
 *     │ {@link ToGateway}, {@link ToDispatcher}, {@link ToMonitor}     │
 *     │ ──────────────────────────────────────► │  handed on, if it speaks for a worker of this host
 * </pre>
 *
 * A connection that breaks loses what is on its way, as the bus may: whoever needs it asks again.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EdgeMessage.Challenge.class, name = "challenge"),
    @JsonSubTypes.Type(value = EdgeMessage.Proof.class, name = "proof"),
    @JsonSubTypes.Type(value = EdgeMessage.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = EdgeMessage.Welcome.class, name = "welcome"),
    @JsonSubTypes.Type(value = EdgeMessage.Told.class, name = "told"),
    @JsonSubTypes.Type(value = EdgeMessage.News.class, name = "news"),
    @JsonSubTypes.Type(value = EdgeMessage.ToGateway.class, name = "to-gateway"),
    @JsonSubTypes.Type(value = EdgeMessage.ToDispatcher.class, name = "to-dispatcher"),
    @JsonSubTypes.Type(value = EdgeMessage.ToMonitor.class, name = "to-monitor"),
    @JsonSubTypes.Type(value = EdgeMessage.Said.class, name = "said")
})
public sealed interface EdgeMessage {

    /** What a gateway says. */
    sealed interface FromGateway extends EdgeMessage {}

    /** What a host says. */
    sealed interface FromHost extends EdgeMessage {}

    // ---- from the gateway

    /** Sign this, to show that the key is yours. */
    record Challenge(Bytes nonce) implements FromGateway {}

    /** You are not in yet, and need do nothing; a host says nothing meanwhile. */
    record Waiting(String why) implements FromGateway {}

    /**
     * You are in.
     *
     * @param gateway who stands for you
     * @param trust whose you are taken for, whatever you say yourself
     * @param queryTypes what you may serve; empty for anything
     */
    record Welcome(GatewayId gateway, Trust trust, List<QueryType> queryTypes) implements FromGateway {

        public Welcome {
            queryTypes = List.copyOf(queryTypes);
        }
    }

    /** What somebody in the realm tells one of your workers. */
    record Told(WorkerId worker, WorkerBound message) implements FromGateway {}

    /** What somebody has announced to all, as far as it matters to a worker: gateways that are there, or have gone. */
    record News(Announcement announcement) implements FromGateway {}

    // ---- from the host

    /**
     * The answer to a {@link Challenge}.
     *
     * @param key the host's public key, see {@link HostKey}
     */
    record Proof(Bytes key, Bytes signature) implements FromHost {}

    /** What a worker of this host tells a gateway. */
    record ToGateway(GatewayId to, GatewayBound message) implements FromHost {}

    /** What a worker of this host tells a dispatcher. */
    record ToDispatcher(DispatcherId to, DispatcherBound message) implements FromHost {}

    /** What a worker of this host answers a health monitor. */
    record ToMonitor(MonitorId to, MonitorBound message) implements FromHost {}

    /** What a worker of this host announces to all. */
    record Said(Announcement announcement) implements FromHost {}
}
