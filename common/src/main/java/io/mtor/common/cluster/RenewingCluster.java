// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.LifecycleEvent;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
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
 * <p>What two clusters had in their tables becomes one without anybody being told, so those whom the others joined would
 * go on with what they had heard before: without a member that had come on the other side, and with one that had died
 * there. For half a minute after any change of members everybody looks addresses up anew.
 *
 * <p>To clean up after a member takes up to half a second. It is done on a worker thread: Hazelcast has one for all news,
 * and who waits for somebody who died waits for these.
 *
 * <p>Thread-safe.
 */
class RenewingCluster extends HazelcastClusterManager {

    static final long EVERY_MILLIS = TimeUnit.SECONDS.toMillis(2);

    /** A merge is over by then. */
    static final long UNSETTLED_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final Set<Own> own = ConcurrentHashMap.newKeySet();
    private final Set<String> lookedUp = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private @Nullable Vertx vertx;
    private @Nullable RegistrationListener listener;
    private volatile long timer;
    private volatile long unsettledUntil = System.nanoTime();

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
    public void registrationListener(RegistrationListener told) {
        super.registrationListener(told);
        listener = told;
    }

    @Override
    public void join(Completable<Void> joined) {
        Vertx started = Objects.requireNonNull(vertx);
        super.join((nothing, failure) -> {
            if (failure == null) {
                timer = started.setPeriodic(EVERY_MILLIS, id -> renew(started));
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
    public void getRegistrations(String address, Completable<List<RegistrationInfo>> found) {
        lookedUp.add(address);
        super.getRegistrations(address, found);
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

    /** On a worker thread: whoever cleans up after a member holds the lock of this object, and may hold it for long. */
    private void renew(Vertx started) {
        if (renewing.compareAndSet(false, true)) {
            started.executeBlocking(this::putAll, false)
                    .compose(all -> all)
                    .transform(done -> started.executeBlocking(this::lookUpAll, false))
                    .compose(all -> all)
                    .onComplete(done -> renewing.set(false));
        }
    }

    /** Everything that the bus has looked up and keeps, while it may be wrong without anybody having said so. */
    private Future<?> lookUpAll() {
        RegistrationListener told = Objects.requireNonNull(listener);
        lookedUp.removeIf(address -> !told.wantsUpdatesFor(address));
        if (unsettledUntil - System.nanoTime() < 0) {
            return Future.succeededFuture();
        }
        List<Future<Void>> all = new ArrayList<>();
        for (String address : lookedUp) {
            Promise<List<RegistrationInfo>> found = Promise.promise();
            super.getRegistrations(address, found);
            all.add(found.future().map(registrations -> {
                told.registrationsUpdated(new RegistrationUpdateEvent(address, registrations));
                return null;
            }));
        }
        return Future.join(all);
    }

    /** What is there already stays as it is, and nobody is told. */
    private Future<?> putAll() {
        List<Future<Void>> all = new ArrayList<>();
        NodeInfo info = getNodeInfo();
        if (info != null) {
            all.add(Future.future(put -> setNodeInfo(info, put)));
        }
        for (Own each : own) {
            all.add(Future.future(put -> super.addRegistration(each.address, each.registration, put)));
        }
        return Future.join(all);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the one that it calls is
    public void memberAdded(MembershipEvent event) {
        super.memberAdded(event);
        unsettle();
    }

    private void unsettle() {
        unsettledUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(UNSETTLED_MILLIS);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the one that cleans up is
    public void memberRemoved(MembershipEvent event) {
        unsettle();
        Objects.requireNonNull(vertx).executeBlocking(() -> cleanUp(event), false);
    }

    /**
     * Whoever waits for the lock may be overtaken by the member that comes back, so it looks behind it.
     *
     * @return whether there was somebody to clean up after
     */
    private synchronized boolean cleanUp(MembershipEvent removed) {
        boolean gone = !HazelcastMembership.isThereAgain(removed);
        if (gone) {
            super.memberRemoved(removed);
        }
        return gone;
    }

    /**
     * Only the end of a merge is of interest. Its beginning must not wait for whoever cleans up after a member, since that
     * one waits for the table, and the table for the merge.
     */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // the one that it calls is
    public void stateChanged(LifecycleEvent event) {
        if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
            super.stateChanged(event);
            unsettle();
        }
    }
}
