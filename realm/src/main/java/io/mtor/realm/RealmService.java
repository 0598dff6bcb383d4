// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm;

import io.mtor.common.cluster.ClusterConfig;
import io.mtor.common.cluster.Node;
import io.mtor.common.cluster.Service;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.gateway.tls.SecurePort;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A realm as a service: {@code mtor up}. */
final class RealmService implements Service<RealmConfig> {

    private static final Duration BEYOND_THE_GATEWAY = Duration.ofSeconds(15);

    private volatile @Nullable Realm realm;

    @Override
    public String name() {
        return "mtor up";
    }

    @Override
    public Class<RealmConfig> type() {
        return RealmConfig.class;
    }

    @Override
    public Aliases aliases() {
        return Aliases.none()
                .flag("--port", "gateway.port")
                .flag("--host", "gateway.host")
                .variable("MTOR_PORT", "gateway.port");
    }

    @Override
    public ClusterConfig cluster(RealmConfig config) {
        return ConfigLoader.defaults(ClusterConfig.class);
    }

    @Override
    public Duration drainLimit(RealmConfig config) {
        return config.gateway().drain().plus(BEYOND_THE_GATEWAY);
    }

    @Override
    public Future<?> start(RealmConfig config, Node node) {
        return Realm.start(node, config).onSuccess(started -> {
            realm = started;
            System.out.println("MTOR is ready: " + started.uri());
            SecurePort secure = started.secure();
            if (secure != null) {
                SecureAddresses.of(config.gateway().host(), secure.port())
                        .forEach(address -> System.out.println("   over HTTPS: " + address));
                System.out.println("  fingerprint: SHA-256 " + secure.fingerprint());
            }
        });
    }

    @Override
    public Future<?> stop(Node node) {
        Realm running = realm;
        return running == null ? Future.succeededFuture() : running.stop();
    }
}
