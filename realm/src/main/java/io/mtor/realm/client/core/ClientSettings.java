// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a client behaves.
 *
 * @param gateways where gateways are, such as {@code http://localhost:8080}; the first to be tried is drawn by lot
 * @param user who asks
 * @param limits how long it waits for what
 */
public record ClientSettings(List<URI> gateways, UserId user, Limits limits) {

    public ClientSettings {
        if (gateways.isEmpty()) {
            throw new IllegalArgumentException("a client needs at least one gateway");
        }
        gateways = List.copyOf(gateways);
    }

    /** With the usual limits. */
    public static ClientSettings of(List<URI> gateways, UserId user) {
        return new ClientSettings(gateways, user, Limits.USUAL);
    }

    /**
     * How long a client waits for what.
     *
     * @param connect a gateway that has not taken the connection by then is passed over
     * @param ping a connection on which nothing was heard for this long is asked whether it is alive
     * @param silence one on which nothing was heard for this long is dropped
     * @param firstSearch how long to look for a gateway when none has answered yet
     * @param search how long to look for one after that
     * @param openIntents most intents open at once
     */
    public record Limits(
            Duration connect, Duration ping, Duration silence, Duration firstSearch, Duration search, int openIntents) {

        public static final Limits USUAL = new Limits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(4),
                Duration.ofSeconds(12),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                2_000);

        /** The same with another limit for the search after a loss. */
        public Limits withSearch(Duration other) {
            return new Limits(connect, ping, silence, firstSearch, other, openIntents);
        }
    }
}
