// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Announcement;
import io.mtor.worker.model.Serving;
import io.mtor.worker.slots.WorkerLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of one agent, by name; used from the agent's event loop. */
final class Hosting {

    private static final Logger LOGGER = LoggerFactory.getLogger(Hosting.class);

    private final Vertx vertx;

    private final WayIn way;

    private final WorkerLimits limits;

    private final RandomGenerator random;

    private final Map<String, Hosted> workers = new LinkedHashMap<>();

    Hosting(Vertx vertx, WayIn way, WorkerLimits limits, RandomGenerator random) {
        this.vertx = vertx;
        this.way = way;
        this.limits = limits;
        this.random = random;
    }

    boolean has(String name) {
        return workers.containsKey(name);
    }

    /** Makes it a worker; completes when the realm can reach it. */
    Future<String> begin(Found found, Runnable onSuspect) {
        WorkerIdentity identity = way.host().worker(found.name(), random.nextLong());
        var worker = new WorkerVerticle(identity, found.server(), found.serving(), limits, way, onSuspect);
        Future<String> deployment = vertx.deployVerticle(worker);
        workers.put(found.name(), new Hosted(worker, deployment));
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
            hosted.worker().serve(serving);
        }
    }

    /** How many intents it runs now; fails if it is no worker yet, or no more. */
    Future<Integer> inFlight(String name) {
        Hosted hosted = workers.get(name);
        return hosted == null || !hosted.deployment().succeeded()
                ? Future.failedFuture("no worker " + name)
                : hosted.worker().inFlight();
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
                .onComplete(done -> workers.remove(name));
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
