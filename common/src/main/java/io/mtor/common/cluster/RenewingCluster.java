// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The cluster manager of Vert.x, whose process stays in the address table whatever others do to it.
 *
 * <p>A member that stood still believes on waking that all others are gone, and removes their addresses; often it has merged
 * with them by then, and removes them from the table that all use. They see nobody leave, so nothing makes them put their
 * addresses back, and they are deaf for good. Here everybody puts back every two seconds what is missing of its own, which
 * costs a call for each address, and nobody cleans up after a member that is there again.
 *
 * <p>Thread-safe.
 */
final class RenewingCluster extends HazelcastClusterManager {

    private static final long EVERY_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final Set<Own> own = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private @Nullable Vertx vertx;
    private volatile long timer;

    /** What this process has in the table. */
    private record Own(String address, RegistrationInfo registration) {}

    RenewingCluster(Config config) {
        super(config);
    }

    @Override
    public void init(Vertx starting) {
        super.init(starting);
        vertx = starting;
    }

    @Override
    public void join(Completable<Void> joined) {
        Vertx started = Objects.requireNonNull(vertx);
        super.join((nothing, failure) -> {
            if (failure == null) {
                timer = started.setPeriodic(EVERY_MILLIS, id -> renew());
            }
            joined.complete(null, failure);
        });
    }

    @Override
    public void leave(Completable<Void> left) {
        Objects.requireNonNull(vertx).cancelTimer(timer);
        super.leave(left);
    }

    @Override
    public void addRegistration(String address, RegistrationInfo registration, Completable<Void> added) {
        if (!registration.localOnly()) {
            own.add(new Own(address, registration));
        }
        super.addRegistration(address, registration, added);
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> removed) {
        own.remove(new Own(address, registration));
        super.removeRegistration(address, registration, removed);
    }

    /** What is there already stays as it is, and nobody is told. */
    private void renew() {
        if (!renewing.compareAndSet(false, true)) {
            return;
        }
        List<Future<Void>> all = new ArrayList<>();
        NodeInfo info = getNodeInfo();
        if (info != null) {
            all.add(Future.future(put -> setNodeInfo(info, put)));
        }
        for (Own each : own) {
            all.add(Future.future(put -> super.addRegistration(each.address, each.registration, put)));
        }
        Future.join(all).onComplete(done -> renewing.set(false));
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent event) {
        if (!HazelcastMembership.isThereAgain(event)) {
            super.memberRemoved(event);
        }
    }
}
