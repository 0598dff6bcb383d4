// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.bench.simulation.check.Ledger;
import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.DispatcherBound;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.MonitorId;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All processes of a realm, and the bus between them. */
public final class Realm {

    final long seed;
    final Agenda agenda;
    final Trace trace;
    final FaultLog log;
    final Settings settings;
    final Ledger ledger;
    final Network network;

    private final Membership membership;
    private final SplittableRandom random;
    private final List<Service> services = new ArrayList<>();
    private final Map<GatewayId, GatewayService> gateways = new HashMap<>();
    private final Map<DispatcherId, DispatcherService> dispatchers = new HashMap<>();
    private final Map<MonitorId, MonitorService> monitors = new HashMap<>();
    private final Map<WorkerId, WorkerService> workers = new HashMap<>();
    private final Set<Service> replaced = new HashSet<>();
    private final Map<IntentId, Wish> wishes = new HashMap<>();
    private int nodes;

    /** An empty one. */
    public Realm(long seed, Agenda agenda, Trace trace, Settings settings, Ledger ledger) {
        this.seed = seed;
        this.agenda = agenda;
        this.trace = trace;
        this.settings = settings;
        this.ledger = ledger;
        this.log = new FaultLog();
        this.network = new Network(agenda, log, seed);
        this.membership = new Membership(agenda, network, seed);
        this.random = Chance.of(seed, "realm");
    }

    public FaultLog log() {
        return log;
    }

    /** Where model servers and clients look up what was wished. */
    void wish(IntentId guid, Wish wish) {
        wishes.put(guid, wish);
    }

    Wish wish(IntentId guid) {
        return Objects.requireNonNull(wishes.get(guid));
    }

    private Node node(Role role) {
        String name = role.name().toLowerCase(Locale.ROOT) + "-" + nodes;
        return new Node(role, name, nodes++, agenda, random.split());
    }

    // ---- processes come

    public void addGateway() {
        var service = new GatewayService(this, node(Role.GATEWAY));
        gateways.put(service.id(), service);
        add(service);
    }

    public void addDispatcher() {
        var service = new DispatcherService(this, node(Role.DISPATCHER));
        dispatchers.put(service.id(), service);
        add(service);
    }

    public void addMonitor() {
        var service = new MonitorService(this, node(Role.MONITOR), random.split());
        monitors.put(service.id(), service);
        add(service);
    }

    /** A worker of this host, in a new life and so under a new id. */
    public void addWorker(Host host) {
        var service = new WorkerService(this, node(Role.WORKER), host, random.nextLong());
        workers.put(service.id(), service);
        add(service);
    }

    private void add(Service service) {
        services.add(service);
        membership.join(service);
        service.start();
    }

    /** Brings back what a process was, once: the same host's worker, or another one of its kind. */
    void replace(Service gone) {
        if (!replaced.add(gone)) {
            return;
        }
        switch (gone) {
            case GatewayService gateway -> addGateway();
            case DispatcherService dispatcher -> addDispatcher();
            case MonitorService monitor -> addMonitor();
            case WorkerService worker -> addWorker(worker.host());
            default -> throw new IllegalStateException(gone + " is of no known kind");
        }
    }

    /** Those of a kind that are alive, oldest first. */
    List<Service> alive(@Nullable Role role) {
        services.removeIf(each -> each.node().isDead());
        return services.stream()
                .filter(each -> role == null || each.node().role() == role)
                .toList();
    }

    List<GatewayService> gateways() {
        return alive(Role.GATEWAY).stream().map(each -> (GatewayService) each).toList();
    }

    public List<DispatcherService> dispatchers() {
        return alive(Role.DISPATCHER).stream()
                .map(each -> (DispatcherService) each)
                .toList();
    }

    public List<WorkerService> workers() {
        return alive(Role.WORKER).stream().map(each -> (WorkerService) each).toList();
    }

    /** Intents that gateways keep. */
    public int openIntents() {
        return gateways().stream()
                .mapToInt(each -> each.core().intents().size())
                .sum();
    }

    /** Who holds what at this moment. */
    public String scene() {
        List<String> holders = new ArrayList<>();
        dispatchers().forEach(each -> holders.add(each.node() + " has " + each.stats()));
        workers()
                .forEach(
                        each -> holders.add(each.id() + " serves " + each.host().types() + " with " + each.load()));
        return String.join("; ", holders);
    }

    // ---- the bus

    void publish(Node from, Announcement message) {
        for (Service each : services) {
            network.send(from, each.node(), () -> each.hear(message));
        }
    }

    void toGateway(Node from, GatewayId id, GatewayBound message) {
        GatewayService to = gateways.get(id);
        if (to != null) {
            send(from, to, List.of(message.key()), () -> Told.of(message), () -> to.receive(message));
        }
    }

    void toDispatcher(Node from, DispatcherId id, DispatcherBound message) {
        DispatcherService to = dispatchers.get(id);
        if (to != null) {
            send(from, to, Told.about(message), () -> Told.of(message), () -> to.receive(message));
        }
    }

    void toWorker(Node from, WorkerId id, WorkerBound message) {
        WorkerService to = workers.get(id);
        if (to != null) {
            send(from, to, Told.about(message), () -> Told.of(message), () -> to.receive(message));
        }
    }

    private void send(Node from, Service to, List<IntentKey> about, Supplier<String> told, Runnable arrival) {
        for (IntentKey key : about) {
            trace.say(agenda.millis(), key.guid().value(), () -> from + " -> " + to.node() + "  " + told.get());
        }
        network.send(from, to.node(), arrival);
    }

    void toMonitor(Node from, MonitorId id, MonitorBound message) {
        MonitorService to = monitors.get(id);
        if (to != null) {
            network.send(from, to.node(), () -> to.receive(message));
        }
    }
}
