// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Bus;
import io.mtor.common.protocol.Offer;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.demo.DemoServer;
import io.mtor.worker.model.sim.SimulatedServer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host: a worker for each of its model servers. */
public final class WorkerAgentVerticle extends VerticleBase {

    private static final Logger LOGGER = LoggerFactory.getLogger(WorkerAgentVerticle.class);

    private final WorkerAgentConfig config;

    private final HostIdentity host;

    private final RandomGenerator random;

    private final Map<String, WorkerVerticle> workers = new LinkedHashMap<>();

    /**
     * Makes an agent.
     *
     * @param node the cluster node it runs on
     */
    public WorkerAgentVerticle(WorkerAgentConfig config, String node, RandomGenerator random) {
        this.config = config;
        this.random = random;
        this.host = HostIdentity.of(config.worker().name(), node, random);
    }

    @Override
    public Future<?> start() {
        Bus bus = Bus.of(vertx);
        List<Future<?>> ready = new ArrayList<>();
        ready.add(bus.listen(Addresses.ANNOUNCE, this::hear).ready());
        ready.add(bus.listen(Addresses.ROLLCALL, this::hear).ready());
        builtIn().forEach(found -> ready.add(host(found)));
        return Future.all(ready);
    }

    private List<Found> builtIn() {
        List<Found> found = new ArrayList<>();
        if (config.worker().demo()) {
            found.add(new Found("demo", new DemoServer(vertx), DemoServer.serving()));
        }
        for (WorkerAgentConfig.Simulated each : config.simulated()) {
            for (int i = 0; i < each.count(); i++) {
                found.add(simulated(each, "sim-" + found.size()));
            }
        }
        return found;
    }

    private Found simulated(WorkerAgentConfig.Simulated config, String name) {
        var server =
                new SimulatedServer(vertx, config.behaviour(), config.work(), config.chunks(), config.chunkChars());
        var offer = new Offer(config.queryType(), config.models());
        return new Found(name, server, new Serving(List.of(offer), config.slots(), false));
    }

    private Future<?> host(Found found) {
        WorkerIdentity identity = host.worker(found.name(), random.nextLong());
        var worker = new WorkerVerticle(identity, found.server(), found.serving(), config.limits(), () -> {});
        workers.put(found.name(), worker);
        LOGGER.atInfo()
                .addKeyValue("worker", identity.id())
                .addKeyValue("serves", found.serving().offers())
                .addKeyValue("slots", found.serving().slots())
                .log("worker joins");
        return vertx.deployVerticle(worker);
    }

    private void hear(Announcement announcement) {
        if (announcement instanceof Announcement.GatewayAnnouncement
                || announcement instanceof Announcement.GatewayLeft
                || announcement instanceof Announcement.Rollcall) {
            workers.values().forEach(worker -> worker.hear(announcement));
        }
    }

    /** A cluster node has left, and every gateway on it. May be called from any thread. */
    public void nodeLeft(String node) {
        context.runOnContext(go -> workers.values().forEach(worker -> worker.nodeLeft(node)));
    }

    /** The workers take no more; completes when what runs has ended or been handed back. From any thread. */
    public Future<Void> drain(Duration limit) {
        return Future.future(promise -> context.runOnContext(go -> Future.all(workers.values().stream()
                        .map(worker -> worker.drain(limit))
                        .toList())
                .<Void>mapEmpty()
                .onComplete(promise)));
    }
}
