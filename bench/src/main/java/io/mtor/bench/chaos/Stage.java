// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.bench.chaos.crowd.Crowd;
import io.mtor.bench.chaos.history.History;
import io.mtor.bench.chaos.history.Tally;
import io.mtor.bench.chaos.proxy.FaultProxy;
import io.mtor.bench.process.Conditions;
import io.mtor.bench.process.MtorCluster;
import io.mtor.bench.process.Part;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.rendezvous.Matchmakers;
import io.mtor.realm.cluster.Role;
import io.mtor.realm.cluster.Site;
import io.mtor.worker.model.sim.Voice;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A cluster, a proxy before its gateways, and a crowd before the proxy. Used by one thread. */
final class Stage implements AutoCloseable {

    static final QueryType TYPE = new QueryType("chaos");

    private static final Pattern DISPATCHER = Pattern.compile("dispatcher-[0-9a-f-]{36}");
    private static final Duration WHOLE_LIMIT = Duration.ofSeconds(60);
    private static final Duration END_LIMIT = Duration.ofSeconds(90);
    private static final Crowd.Load WARM_UP = Crowd.Load.even(40, 20);
    private static final Duration WARM_UP_TIME = Duration.ofSeconds(5);

    private final Cast cast;
    private final MtorCluster cluster;
    private final FaultProxy proxy;
    private final Crowd crowd;
    private final RealmEye eye = new RealmEye();
    private int runsBefore;

    /**
     * Who plays.
     *
     * @param site where its processes run
     * @param counts how many of each role
     * @param slots of each worker
     * @param users connections to the gateways
     */
    record Cast(Site site, Map<Role, Integer> counts, int slots, int users, long seed) {

        /** Two of each role, and so many workers. */
        static Cast of(Effort effort, int workers, int slots, int users) {
            return new Cast(
                    effort.site(),
                    Map.of(Role.GATEWAY, 2, Role.DISPATCHER, 2, Role.MONITOR, 2, Role.WORKER, workers),
                    slots,
                    users,
                    effort.seed());
        }

        int count(Role role) {
            return counts.getOrDefault(role, 0);
        }
    }

    private Stage(Cast cast, MtorCluster cluster) {
        this.cast = cast;
        this.cluster = cluster;
        this.proxy = new FaultProxy(cast.seed);
        proxy.forwardTo(gateways());
        this.crowd = new Crowd(proxy.uri(), TYPE, cast.users, cast.seed);
    }

    /** Starts everything on loopback and waits until everybody sees everybody. */
    static Stage set(Cast cast) {
        return set(cast, MtorCluster.start(cast.site, configuration(cast.slots), cast.counts));
    }

    /** Takes a cluster that was started, and waits until everybody sees everybody. */
    static Stage set(Cast cast, MtorCluster cluster) {
        try {
            var stage = new Stage(cast, cluster);
            stage.awaitWhole();
            stage.crowd.warmUp(WARM_UP, WARM_UP_TIME);
            stage.runsBefore = stage.allRuns();
            return stage;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** The configuration of a realm whose workers do nothing but {@link #TYPE}. */
    static String configuration(int slots) {
        return """
                [gateway]
                drain = "5s"
                [agent.worker]
                demo = false
                programs = false
                drain = "20s"
                [agent.discovery]
                on = false
                [[agent.simulated]]
                query_type = "%s"
                chunks = 8
                slots = %d
                marked = true
                """.formatted(TYPE.value(), slots);
    }

    MtorCluster cluster() {
        return cluster;
    }

    /** The dispatcher that gateways ask. */
    Part matchmaker() {
        List<DispatcherId> ids = cluster.alive(Role.DISPATCHER).stream()
                .map(part -> new DispatcherId(part.firstMatch(DISPATCHER)))
                .toList();
        return cluster.withLog(
                Role.DISPATCHER, Matchmakers.among(ids).orElseThrow().value());
    }

    FaultProxy proxy() {
        return proxy;
    }

    Crowd crowd() {
        return crowd;
    }

    /** New connections go to those gateways that say that they are ready. */
    void routeToReady() {
        proxy.forwardTo(cluster.alive(Role.GATEWAY).stream()
                .filter(Stage::isReady)
                .map(Part::uri)
                .toList());
    }

    private static boolean isReady(Part part) {
        try {
            return part.member().isReady();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** True if all gateways but this one know that it cannot be reached; and if it is a gateway, if it knows it too. */
    boolean misses(Part part) {
        boolean itself = part.role() != Role.GATEWAY || !isReady(part);
        return itself
                && cluster.alive(Role.GATEWAY).stream()
                        .filter(gateway -> !gateway.equals(part))
                        .allMatch(gateway -> eye.look(gateway.uri())
                                .filter(realm -> lacks(realm, part))
                                .isPresent());
    }

    private boolean lacks(ServerMessage.Realm realm, Part part) {
        return switch (part.role()) {
            case GATEWAY -> realm.gateways() < cast.count(Role.GATEWAY);
            case DISPATCHER -> realm.dispatchers() < cast.count(Role.DISPATCHER);
            case MONITOR -> realm.monitors() < cast.count(Role.MONITOR);
            case WORKER ->
                realm.workers().stream()
                        .filter(worker -> worker.workerId().value().startsWith(part.workerPrefix()))
                        .noneMatch(worker -> worker.health() == ServerMessage.Health.HEALTHY);
        };
    }

    /** New connections go to other gateways, as when one is no longer ready. */
    void sendUsersElsewhere(Part gateway) {
        proxy.forwardTo(
                gateways().stream().filter(each -> !each.equals(gateway.uri())).toList());
    }

    private List<URI> gateways() {
        return cluster.alive(Role.GATEWAY).stream().map(Part::uri).toList();
    }

    /** Replaces what is gone and waits until the realm is whole; says how long the latter took, in milliseconds. */
    double repair() {
        for (Role role : List.of(Role.DISPATCHER, Role.MONITOR, Role.WORKER, Role.GATEWAY)) {
            cluster.ensure(role, cast.count(role));
        }
        proxy.forwardTo(gateways());
        return awaitWhole();
    }

    /** Waits until every gateway sees everybody, and says how long that took, in milliseconds. */
    double awaitWhole() {
        try {
            return Conditions.await("the whole realm to be seen", WHOLE_LIMIT, () -> gateways().stream()
                    .allMatch(gateway -> eye.look(gateway).filter(this::isWhole).isPresent()));
        } catch (IllegalStateException e) {
            List<Optional<ServerMessage.Realm>> seen =
                    gateways().stream().map(eye::look).toList();
            throw new IllegalStateException(e.getMessage() + ", but only " + seen, e);
        }
    }

    private boolean isWhole(ServerMessage.Realm realm) {
        return realm.dispatchers() == cluster.alive(Role.DISPATCHER).size()
                && realm.monitors() == cluster.alive(Role.MONITOR).size()
                && realm.gateways() == cluster.alive(Role.GATEWAY).size()
                && realm.workers().size() == cluster.alive(Role.WORKER).size()
                && realm.workers().stream().allMatch(worker -> worker.health() == ServerMessage.Health.HEALTHY);
    }

    /** How often any worker began to work on an intent. */
    int runs() {
        return allRuns() - runsBefore;
    }

    private int allRuns() {
        return cluster.parts().stream()
                .filter(part -> part.role() == Role.WORKER)
                .mapToInt(part -> part.count(Voice.Marking.BEGINS))
                .sum();
    }

    /** Sends no more, waits for the ends and judges what the clients saw. */
    Outcome end(Outcome.Notes notes) {
        crowd.awaitEnds(END_LIMIT);
        List<History> histories = crowd.histories();
        Tally tally = Tally.of(histories);
        List<String> leaks = cluster.parts().stream()
                .filter(part -> part.wrote(Crowd.CANARY))
                .map(Part::name)
                .toList();
        return notes.outcome(tally, runs(), crowd.losses(), leaks);
    }

    @Override
    public void close() {
        crowd.close();
        eye.close();
        proxy.close();
        cluster.close();
    }
}
