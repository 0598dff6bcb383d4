// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Trust;
import java.util.List;

/** What operators have to say to the realm, and what it says to them. Nothing of it is on the way of an intent. */
public sealed interface Operating extends BusMessage {

    /** Published by the gateway of an operator: every gateway shows it to its clients. */
    record Notice(GatewayId gateway, String message) implements Operating {}

    /** Published every second by a gateway that somebody watches as an operator: tell it how you are doing. */
    record Ask(GatewayId gateway) implements Operating {}

    /**
     * What a dispatcher answers to an {@link Ask}.
     *
     * @param open intents that wait here, or that no worker has accepted yet
     */
    record DispatcherPulse(DispatcherId dispatcher, Vitals vitals, int open, List<Line> lines) implements Operating {

        /** Query types are an open set, and a pulse has room for so many of them. */
        public static final int MAX_LINES = 64;

        public DispatcherPulse {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What a gateway answers to an {@link Ask}.
     *
     * @param open intents without a terminal message
     * @param intents those that have come since its start, repeated ones included
     * @param hosts that are connected to it, {@value #MAX_HOSTS} at most
     */
    record GatewayPulse(GatewayId gateway, Vitals vitals, int sessions, int open, long intents, List<Host> hosts)
            implements Operating {

        public static final int MAX_HOSTS = 500;

        public GatewayPulse {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * A host behind a gateway.
     *
     * @param name what its token was made for
     * @param waiting true if it is to be approved first
     */
    record Host(String mark, String name, Trust trust, boolean waiting, int workers) {}

    /**
     * Published every few seconds by a gateway that hosts may join through: whoever has another book of hosts sends it.
     *
     * @param sum of the lines that count in that book
     */
    record HostBookSum(GatewayId gateway, int sum) implements Operating {}

    /** What gateways tell each other of hosts: lines of the book that each of them keeps, {@value #MAX_LINES} at most. */
    record HostBookLines(List<String> lines) implements Operating {

        public static final int MAX_LINES = 500;

        public HostBookLines {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Published by a gateway that has audited an answer of a host: all of them keep the same count.
     *
     * @param agreed false if the answer is not what others answered
     */
    record Audited(GatewayId gateway, String mark, boolean agreed) implements Operating {}

    /**
     * How a process is.
     *
     * @param upMillis since its start, by its own clock
     * @param heapBytes memory of the JVM in use, of at most {@code maxHeapBytes}
     */
    record Vitals(long upMillis, long heapBytes, long maxHeapBytes) {

        public static Vitals of(long upMillis) {
            Runtime jvm = Runtime.getRuntime();
            return new Vitals(upMillis, jvm.totalMemory() - jvm.freeMemory(), jvm.maxMemory());
        }
    }

    /**
     * What a dispatcher knows of one query type.
     *
     * @param oldestMillis what the one that waits longest has waited; 0 if none does
     * @param assigned intents sent to workers since the dispatcher's start, repeated ones included
     */
    record Line(QueryType queryType, int waiting, long oldestMillis, long assigned) {}
}
