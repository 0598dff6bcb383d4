// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Announcement;
import io.mtor.common.protocol.Speed;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Serving;
import io.mtor.worker.slots.WorkerCore;
import io.mtor.worker.slots.WorkerLimits;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts one {@link Worker} into the realm. Its methods may be called from any thread once it is deployed.
 *
 * <p>It does not listen to announcements by itself, since one listener for all workers of a process is enough: whoever
 * deploys it hands them on to {@link #hear}.
 */
public final class WorkerVerticle extends VerticleBase {

    private static final long TICK_MILLIS = 100;

    private static final long ANNOUNCE_MILLIS = 1_000;

    private final WorkerIdentity identity;

    private final ModelServer server;

    private final Serving serving;

    private final WorkerLimits limits;

    private final Runnable onSuspect;

    private final WayIn way;

    private volatile @Nullable Worker worker;

    private WayIn.@Nullable Place place;

    private RunListener listener = RunListener.NONE;

    private volatile List<Speed> speeds = List.of();

    private volatile boolean paused;

    /**
     * Makes a worker.
     *
     * @param serving what the model server can do at first
     * @param onSuspect called on this worker's event loop when its model server seems to be gone or changed
     */
    WorkerVerticle(
            WorkerIdentity identity,
            ModelServer server,
            Serving serving,
            WorkerLimits limits,
            WayIn way,
            Runnable onSuspect) {
        this.identity = identity;
        this.server = server;
        this.serving = serving;
        this.limits = limits;
        this.way = way;
        this.onSuspect = onSuspect;
    }

    /** Whom to tell of what it does; to be called before it is deployed. */
    void onRuns(RunListener told) {
        listener = told;
    }

    public WorkerIdentity identity() {
        return identity;
    }

    @Override
    public Future<?> start() {
        Turns turns = Turns.of(context);
        var core = new WorkerCore(identity.id(), identity.trust(), serving, limits, turns.now());
        WayIn.Place entered = way.enter(identity.id());
        place = entered;
        var started = new Worker(identity, core, server, entered.port(), turns);
        started.onSuspect(onSuspect);
        started.onRuns(listener);
        started.measured(speeds);
        worker = started;
        if (paused) {
            started.pause(Duration.ZERO);
        }
        vertx.setPeriodic(TICK_MILLIS, id -> started.tick());
        // Nobody may learn of the worker before it can be reached.
        return entered.open(started::receive).onSuccess(ready -> {
            started.announce();
            vertx.setPeriodic(ANNOUNCE_MILLIS, id -> started.announce());
        });
    }

    /** Hands on what others announce. */
    public void hear(Announcement announcement) {
        withWorker(each -> each.hear(announcement));
    }

    public void nodeLeft(String node) {
        withWorker(each -> each.nodeLeft(node));
    }

    /** The model server serves something else now. */
    public void serve(Serving now) {
        withWorker(each -> each.serve(now));
    }

    /** This was measured of its model server; also to be called before it is deployed. */
    void measured(List<Speed> now) {
        speeds = now;
        withWorker(each -> each.measured(now));
    }

    /** How many intents it runs now. */
    Future<Integer> inFlight() {
        return Future.future(promise -> withWorker(each -> promise.complete(each.inFlight())));
    }

    /** Takes no more, and completes when what runs has ended; after {@code limit} the rest is handed back. */
    public Future<Void> drain(Duration limit) {
        return Future.future(promise -> withWorker(each -> each.drain(limit).onComplete(promise)));
    }

    /**
     * The owner wants his machine; also to be called before it is deployed. Completes when nothing runs, after
     * {@code limit} at the latest, or when the owner lets it work again.
     */
    Future<Void> pause(Duration limit) {
        paused = true;
        return worker == null
                ? Future.succeededFuture()
                : Future.future(promise -> withWorker(each -> each.pause(limit).onComplete(promise)));
    }

    void unpause() {
        paused = false;
        withWorker(Worker::unpause);
    }

    private void withWorker(Consumer<Worker> action) {
        Worker started = worker;
        if (started != null) {
            context.runOnContext(go -> action.accept(started));
        }
    }

    /** Drains, then leaves. */
    @Override
    public Future<?> stop() {
        Worker started = worker;
        WayIn.Place entered = place;
        if (started == null || entered == null) {
            return Future.succeededFuture();
        }
        return started.drain(Duration.ofMillis(limits.drainMillis())).compose(drained -> {
            started.leave();
            return entered.leave();
        });
    }
}
