// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.cluster.Membership;
import io.mtor.common.edge.HostKey;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Speed;
import io.mtor.worker.discovery.Discovery;
import io.mtor.worker.discovery.Prober;
import io.mtor.worker.model.Serving;
import io.mtor.worker.model.demo.DemoServer;
import io.mtor.worker.model.sim.SimulatedServer;
import io.mtor.worker.model.sim.Voice;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One host: a worker for each of its model servers, be they built in, programs, or found on a port. */
public final class WorkerAgentVerticle extends VerticleBase {

    private static final Logger LOGGER = LoggerFactory.getLogger(WorkerAgentVerticle.class);

    private static final long SPEEDS_MILLIS = 10_000;

    private static final int CONNECT_MILLIS = 2_000;

    /** Connections to one model server, for servers with many slots. */
    private static final int MAX_CONNECTIONS = 1_000;

    private final WorkerAgentConfig config;

    private final Membership membership;

    private final @Nullable EdgeEntry entry;

    private final RandomGenerator random;

    private @Nullable OwnerWatch owner;

    private volatile @Nullable Hosting hosting;

    private volatile @Nullable WayIn wayIn;

    private @Nullable EdgeLink link;

    /**
     * Makes an agent.
     *
     * @param membership tells which cluster nodes leave, and with them their gateways
     */
    public WorkerAgentVerticle(WorkerAgentConfig config, Membership membership, RandomGenerator random) {
        this(config, membership, null, random);
    }

    private WorkerAgentVerticle(
            WorkerAgentConfig config, Membership membership, @Nullable EdgeEntry entry, RandomGenerator random) {
        this.config = config;
        this.membership = membership;
        this.entry = entry;
        this.random = random;
    }

    /** An agent that joins through a gateway, and is no member of the cluster. */
    public static WorkerAgentVerticle behindGateway(
            WorkerAgentConfig config, JoinConfig join, HostKey key, RandomGenerator random) {
        return new WorkerAgentVerticle(config, Membership.local(), new EdgeEntry(join, key), random);
    }

    /** It works when its owner lets it; to be called before it is deployed. Without an owner it always does. */
    WorkerAgentVerticle ownedBy(OwnerWatch watch) {
        owner = watch;
        return this;
    }

    private record EdgeEntry(JoinConfig join, HostKey key) {}

    @Override
    public Future<?> start() {
        WayIn way = wayIn();
        wayIn = way;
        var workers = new Hosting(vertx, way, config.limits(), sharing(), random);
        hosting = workers;
        readSpeeds(workers).onFailure(WorkerAgentVerticle::noSpeeds);
        vertx.setPeriodic(SPEEDS_MILLIS, id -> readSpeeds(workers));
        membership.onNodeLeft(context, left -> workers.forEach(worker -> worker.nodeLeft(left)));
        OwnerWatch watch = owner;
        // Nothing may be taken before it is known that the owner allows it.
        Future<Void> looked = watch == null ? Future.succeededFuture() : watch.begin(vertx, workers);
        return looked.compose(known -> join(way, workers));
    }

    /** Who measures does so in another process, at any time. */
    private Future<?> readSpeeds(Hosting workers) {
        Path file = config.worker().speedsFile();
        return vertx.executeBlocking(() -> MeasuredSpeeds.read(file)).onSuccess(workers::measured);
    }

    private static void noSpeeds(Throwable why) {
        LOGGER.atWarn().addKeyValue("reason", why.getMessage()).log("what was measured on this host is not told");
    }

    private Future<?> join(WayIn way, Hosting workers) {
        List<Future<?>> ready = new ArrayList<>();
        ready.add(way.hear(workers::hear));
        builtIn(way.host()).forEach(found -> ready.add(workers.begin(found, () -> {})));
        ready.add(discover(workers));
        return Future.all(ready);
    }

    private Sharing sharing() {
        return new Sharing(vertx, config.worker().takeTurns());
    }

    private WayIn wayIn() {
        EdgeEntry behind = entry;
        if (behind == null) {
            return new BusWay(vertx, HostIdentity.of(config.worker(), membership.nodeId(), random));
        }
        var opened = new EdgeLink(vertx, behind.join, behind.key, random);
        link = opened;
        return new EdgeWay(vertx, HostIdentity.of(config.worker(), behind.key), opened);
    }

    /** Its workers have left before. */
    @Override
    public Future<?> stop() {
        if (link != null) {
            link.close();
        }
        if (owner != null) {
            owner.close();
        }
        return Future.succeededFuture();
    }

    private List<Found> builtIn(HostIdentity host) {
        List<Found> found = new ArrayList<>();
        if (config.worker().demo()) {
            found.add(new Found("demo", new DemoServer(vertx), DemoServer.serving()));
        }
        found.addAll(Commands.installed(vertx, config, System.getenv().getOrDefault("PATH", "")));
        for (WorkerAgentConfig.Simulated each : config.simulated()) {
            for (int i = 0; i < each.count(); i++) {
                found.add(simulated(each, "sim-" + found.size(), host));
            }
        }
        return found;
    }

    private Found simulated(WorkerAgentConfig.Simulated config, String name, HostIdentity host) {
        Voice voice = config.marked()
                ? Voice.marking(host.prefix() + "." + name, config.chunks())
                : Voice.chatting(config.chunkChars());
        var server = new SimulatedServer(vertx, config.behaviour(), config.work(), config.chunks(), voice);
        var offer = new Offer(config.queryType(), config.models());
        return new Found(name, server, new Serving(List.of(offer), config.slots(), false));
    }

    private Future<Void> discover(Hosting workers) {
        WorkerAgentConfig.Discovery how = config.discovery();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
        var servers = ModelServers.of(vertx, client, config);
        Prober prober = servers.prober(how);
        var pace = new Discovery.Pace(how.every(), how.hungry(), random);
        var discovery = new Discovery(vertx, prober, Places.of(config, System.getenv()), pace, how.misses());
        var attentive = new AttentiveHosting(vertx, prober, workers, how.busy());
        return discovery.start(new DiscoveredWorkers(servers, attentive, discovery));
    }

    /** What each of its workers offers, by name. From any thread. */
    Map<String, Serving> offered() {
        Hosting workers = hosting;
        return workers == null ? Map.of() : workers.offered();
    }

    /** What was measured of each of its workers, by name. From any thread. */
    List<Speed> speeds(String name) {
        Hosting workers = hosting;
        return workers == null ? List.of() : workers.speeds(name);
    }

    /** Whether it has reached its realm, and still does. From any thread. */
    boolean isIn() {
        WayIn way = wayIn;
        return way != null && way.isIn();
    }

    /** Its name for people; empty before it has started. From any thread. */
    String hostName() {
        WayIn way = wayIn;
        return way == null ? "" : way.host().name();
    }

    /** The workers take no more; completes when what runs has ended or been handed back. From any thread. */
    public Future<Void> drain(Duration limit) {
        Hosting workers = hosting;
        return workers == null
                ? Future.succeededFuture()
                : Future.future(promise ->
                        context.runOnContext(go -> workers.drain(limit).onComplete(promise)));
    }
}
