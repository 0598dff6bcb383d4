// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.config.Key;
import io.mtor.common.config.Size;
import io.mtor.common.protocol.Limits;
import io.mtor.gateway.audit.AuditConfig;
import io.mtor.gateway.hosts.HostsConfig;
import io.mtor.gateway.session.SessionConfig;
import io.mtor.gateway.tls.TlsConfig;
import java.time.Duration;
import java.util.List;

/** The configuration of a gateway. */
public record GatewayConfig(
        @Key(doc = "Address to listen on", byDefault = "127.0.0.1")
        String host,

        @Key(doc = "Port to listen on; 0 takes a free one", byDefault = "8080", atLeast = "0", atMost = "65535")
        int port,

        @Key(
                doc = "Further origins that browsers may come from, such as https://example.org; the gateway's own"
                        + " is always allowed")
        List<String> origins,

        @Key(
                doc = "Longest time an intent may take; one that names a deadline may ask for less",
                byDefault = "15m",
                atLeast = "1s",
                atMost = "24h")
        Duration deadline,

        @Key(
                doc = "How long open intents may go on when the gateway is told to stop",
                byDefault = "10s",
                atLeast = "0s")
        Duration drain,

        @Key(doc = "HTTPS") TlsConfig tls,
        @Key(doc = "What clients may send") LimitsConfig limits,
        @Key(doc = "Connections") SocketConfig sockets,
        @Key(doc = "How patient sessions are") SessionConfig session,
        @Key(doc = "Operators") OperatorConfig admin,
        @Key(doc = "Hosts that join through a gateway") HostsConfig hosts,
        @Key(doc = "Whether volunteers are honest") AuditConfig audit) {

    /** What clients may send. */
    public record LimitsConfig(
            @Key(doc = "Largest text message", byDefault = "1MiB", atLeast = "1KiB", atMost = "8MiB")
            Size message,

            @Key(
                    doc = "Longest query text, and longest turn of a conversation, in characters",
                    byDefault = "200000",
                    atLeast = "100")
            int textChars,

            @Key(doc = "Most turns of a conversation", byDefault = "200", atLeast = "1")
            int turns,

            @Key(doc = "Most bytes of media in one intent", byDefault = "8MiB", atLeast = "1KiB", atMost = "64MiB")
            Size media,

            @Key(doc = "Most media in one intent", byDefault = "8", atLeast = "1", atMost = "100")
            int mediaCount,

            @Key(
                    doc = "Most open intents of one connection, and of one user at this gateway",
                    byDefault = "2000",
                    atLeast = "1",
                    atMost = "100000")
            int openIntents) {

        Limits toLimits() {
            return new Limits(message.toInt(), textChars, turns, media.toInt(), mediaCount, openIntents);
        }
    }

    /** How connections are kept. */
    public record SocketConfig(
            @Key(doc = "Most connections at once", byDefault = "20000", atLeast = "1")
            int max,

            @Key(
                    doc = "Most new WebSockets in any second; more are told to come again later, so that a crowd"
                            + " that lost another gateway does not take this one down",
                    byDefault = "200",
                    atLeast = "1",
                    atMost = "100000")
            int newPerSecond,

            @Key(doc = "A WebSocket is pinged this often", byDefault = "20s", atLeast = "1s")
            Duration ping,

            @Key(doc = "A connection that is silent for this long is closed", byDefault = "65s", atLeast = "2s")
            Duration idle,

            @Key(
                    doc = "A client that reads nothing for this long while an answer waits is cut off",
                    byDefault = "15s",
                    atLeast = "1s")
            Duration stalled,

            @Key(doc = "Most control or empty frames of one connection in a second", byDefault = "50", atLeast = "5")
            int controlFramesPerSecond) {}
}
