// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import io.mtor.common.cluster.ClusterConfig.BusTls;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;

/** The event bus between processes: pinged every second, so that a peer that hangs does not fill our memory. */
final class BusSettings {

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int PING_INTERVAL_MILLIS = 1_000;
    private static final int PING_REPLY_MILLIS = 2_000;

    private BusSettings() {}

    static EventBusOptions of(ClusterConfig cluster, InetAddress bind) {
        var options = new EventBusOptions();
        options.setHost(bind.getHostAddress()).setPort(cluster.busPort());
        if (cluster.publicHost() != null) {
            options.setClusterPublicHost(cluster.publicHost());
        }
        options.setClusterPingInterval(PING_INTERVAL_MILLIS).setClusterPingReplyInterval(PING_REPLY_MILLIS);
        options.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        options.setTrustAll(false);
        return cluster.tls() == null ? options : withTls(options, cluster.tls());
    }

    private static EventBusOptions withTls(EventBusOptions options, BusTls tls) {
        return options.setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(tls.certificate().toString())
                        .setKeyPath(tls.key().toString()))
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(tls.authority().toString()));
    }
}
