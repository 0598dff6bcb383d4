// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Announcement;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Serving;
import io.mtor.worker.slots.WorkerLimits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of one agent, by name; used from the agent's event loop. */
final class Hosting {

    private static final Logger LOGGER = LoggerFactory.getLogger(Hosting.class);

    private final Vertx vertx;

    private final WayIn way;

    private final WorkerLimits limits;

    private final Sharing sharing;

    private final RandomGenerator random;

    private final Context context;

    private final Map<String, Hosted> workers = new LinkedHashMap<>();

    private final NavigableMap<String, Serving> offered = new ConcurrentSkipListMap<>();

    /** What each was told to serve last, while it takes turns. */
    private final Map<String, Serving> told = new HashMap<>();

    private Predicate<QueryType> allowed = type -> true;

    private Function<String, RunListener> listeners = name -> RunListener.NONE;

    private final Map<String, String> measuredNames = new ConcurrentHashMap<>();

    private volatile MeasuredSpeeds speeds = MeasuredSpeeds.NONE;

    private boolean paused;

    Hosting(Vertx vertx, WayIn way, WorkerLimits limits, Sharing sharing, RandomGenerator random) {
        this.vertx = vertx;
        this.way = way;
        this.limits = limits;
        this.sharing = sharing;
        this.random = random;
        this.context = vertx.getOrCreateContext();
        if (sharing.isWanted()) {
            vertx.setPeriodic(Sharing.LOOK_MILLIS, id -> offered.forEach(this::tellTurn));
        }
    }

    /**
     * There is an owner; to be called before the first worker begins.
     *
     * @param types what may be offered
     * @param told whom to tell of what runs, by the name of the worker
     */
    void ownedBy(Predicate<QueryType> types, Function<String, RunListener> told) {
        allowed = types;
        listeners = told;
    }

    boolean has(String name) {
        return workers.containsKey(name);
    }

    /** Makes it a worker; completes when the realm can reach it. */
    Future<String> begin(Found whole, Runnable onSuspect) {
        Found found = whole.serving(allowed(whole.serving()));
        WorkerIdentity identity = way.host().worker(found.name(), random.nextLong());
        ModelServer server = sharing.takingTurns(found);
        var worker = new WorkerVerticle(identity, server, found.serving(), limits, way, onSuspect);
        offered.put(found.name(), found.serving());
        worker.onRuns(listeners.apply(found.name()));
        measuredNames.put(found.name(), found.measuredAs());
        worker.measured(speeds.of(found.measuredAs()));
        if (paused) {
            worker.pause(Duration.ZERO);
        }
        Future<String> deployment = vertx.deployVerticle(worker);
        workers.put(found.name(), new Hosted(worker, deployment, found.unload()));
        LOGGER.atInfo()
                .addKeyValue("worker", identity.id())
                .addKeyValue("serves", found.serving().offers())
                .addKeyValue("slots", found.serving().slots())
                .log("worker joins");
        return deployment;
    }

    void serve(String name, Serving serving) {
        Hosted hosted = workers.get(name);
        if (hosted != null) {
            offered.put(name, allowed(serving));
            told.remove(name);
            tellTurn(name, allowed(serving));
        }
    }

    private void tellTurn(String name, Serving whole) {
        Serving now = sharing.now(name, whole);
        Hosted hosted = workers.get(name);
        if (hosted != null && !now.equals(told.put(name, now))) {
            hosted.worker().serve(now);
        }
    }

    /** What was measured of a worker that is there. From any thread. */
    List<Speed> speeds(String name) {
        String measuredAs = measuredNames.get(name);
        return measuredAs == null ? List.of() : speeds.of(measuredAs);
    }

    /** This was measured on this host, and is told from now on. */
    void measured(MeasuredSpeeds now) {
        speeds = now;
        workers.forEach((name, hosted) -> hosted.worker().measured(speeds(name)));
    }

    /** How many intents it runs now; fails if it is no worker yet, or no more. */
    Future<Integer> inFlight(String name) {
        Hosted hosted = workers.get(name);
        return hosted == null || !hosted.deployment().succeeded()
                ? Future.failedFuture("no worker " + name)
                : hosted.worker().inFlight();
    }

    private Serving allowed(Serving serving) {
        return new Serving(
                serving.offers().stream()
                        .filter(offer -> allowed.test(offer.queryType()))
                        .toList(),
                serving.slots(),
                serving.synthetic());
    }

    /** What each worker offers, by its name. From any thread. */
    Map<String, Serving> offered() {
        return new TreeMap<>(offered);
    }

    /**
     * The owner wants the machine: nobody takes anything new, and what has not ended after the limit is handed back.
     * Completes when nothing runs, or when the owner lets it work again.
     */
    Future<Void> pause(Duration limit) {
        paused = true;
        return Future.all(workers.values().stream()
                        .map(hosted -> hosted.worker().pause(limit))
                        .toList())
                .mapEmpty();
    }

    void unpause() {
        paused = false;
        forEach(WorkerVerticle::unpause);
    }

    /** Asks every model server to give memory of the GPU back; completes when each has answered, or failed to. */
    Future<Void> unload() {
        return Future.join(workers.values().stream()
                        .map(hosted -> hosted.unload().get())
                        .toList())
                .otherwiseEmpty()
                .mapEmpty();
    }

    /** Takes it out: what runs may end within the limit. Completes when its name is free again. */
    Future<Void> end(String name, Duration limit) {
        Hosted hosted = workers.get(name);
        if (hosted == null) {
            return Future.succeededFuture();
        }
        LOGGER.atInfo().addKeyValue("worker", hosted.worker().identity().id()).log("worker leaves");
        return hosted.deployment()
                .compose(id -> hosted.worker().drain(limit).compose(drained -> vertx.undeploy(id)))
                .transform(done -> Future.future(promise -> context.runOnContext(go -> {
                    workers.remove(name);
                    offered.remove(name);
                    measuredNames.remove(name);
                    told.remove(name);
                    promise.complete(null, done.cause());
                })));
    }

    void forEach(Consumer<WorkerVerticle> action) {
        workers.values().forEach(hosted -> action.accept(hosted.worker()));
    }

    void hear(Announcement announcement) {
        if (announcement instanceof Announcement.GatewayAnnouncement
                || announcement instanceof Announcement.GatewayLeft
                || announcement instanceof Announcement.Rollcall) {
            forEach(worker -> worker.hear(announcement));
        }
    }

    Future<Void> drain(Duration limit) {
        return Future.all(workers.values().stream()
                        .map(hosted -> hosted.worker().drain(limit))
                        .toList())
                .mapEmpty();
    }
}
