// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes planned faults happen, and ends them. */
final class Injector {

    private static final long FLAP_MILLIS = 2_000;
    private static final long CLIENT_FAULT_MILLIS = 120;

    private final Realm realm;
    private final List<Client> clients;
    private boolean healed;

    Injector(Realm realm, List<Client> clients) {
        this.realm = realm;
        this.clients = clients;
    }

    void plan(Fault fault) {
        realm.agenda.at(fault.atMillis() * Agenda.MILLI, () -> begin(fault));
    }

    /** From now on nothing begins; what lasts ends by itself. */
    void heal() {
        healed = true;
        realm.trace.say(realm.agenda.millis(), "", () -> "--- all is well from here on ---");
    }

    private void begin(Fault fault) {
        if (healed) {
            return;
        }
        var random = Chance.of(realm.seed, "fault", fault.pick());
        switch (fault.kind()) {
            case LOSS ->
                during(fault, () -> realm.network.lose(0.02 + random.nextDouble() * 0.15), () -> realm.network.lose(0));
            case DUPLICATION -> during(fault, () -> realm.network.doubleSome(0.1), () -> realm.network.doubleSome(0));
            case DELAY -> during(fault, () -> realm.network.delay(0.1), () -> realm.network.delay(0));
            case DISORDER -> during(fault, () -> realm.network.disorder(true), () -> realm.network.disorder(false));
            case PARTITION, ONE_WAY, FLAPPING -> cut(fault, random);
            case CRASH -> crash(drawn(random));
            case NO_MONITORS -> realm.alive(Role.MONITOR).forEach(each -> crash(fault.kind(), each, 20_000));
            case LEAVE -> leave(drawn(random));
            case PAUSE -> pause(fault, drawn(random));
            case SLOW -> slow(fault, drawn(random), random);
            case MODEL_FAILS, MODEL_HANGS, FAILS_FAST -> model(fault, random);
            case RESET, HALF_OPEN, SLOW_READER, FORGERY -> troubleClients(fault, random);
            case FLASH_CROWD -> {
                realm.log.fired(FaultKind.FLASH_CROWD);
                say(fault, "of users");
            }
            case POISON -> {} // it comes as a wish, and strikes when a worker begins it
        }
    }

    private void say(Fault fault, String whom) {
        realm.trace.say(
                realm.agenda.millis(),
                "",
                () -> "*** " + fault.kind() + " " + whom + " for " + fault.forMillis() + " ms");
    }

    private void during(Fault fault, Runnable begin, Runnable end) {
        say(fault, "of the network");
        begin.run();
        realm.agenda.after(fault.forMillis() * Agenda.MILLI, end);
    }

    // ---- processes

    /** Workers are most of a realm. */
    private @Nullable Service drawn(SplittableRandom random) {
        Role role = Role.WORKER;
        switch (random.nextInt(10)) {
            case 0, 1 -> role = Role.GATEWAY;
            case 2, 3 -> role = Role.DISPATCHER;
            case 4 -> role = Role.MONITOR;
            default -> {}
        }
        List<Service> alive = realm.alive(role);
        return alive.isEmpty() ? null : alive.get(random.nextInt(alive.size()));
    }

    private void crash(@Nullable Service victim) {
        if (victim != null) {
            crash(
                    FaultKind.CRASH,
                    victim,
                    1_000 + Math.floorMod(victim.node().name().hashCode(), 3_000));
        }
    }

    private void crash(FaultKind kind, Service victim, long backAfterMillis) {
        realm.log.fired(kind);
        realm.trace.say(realm.agenda.millis(), "", () -> "*** " + kind + " of " + victim.node());
        victim.node().die();
        if (victim instanceof GatewayService gateway) {
            connectionsOf(gateway).forEach(each -> each.die(0, 100));
        }
        realm.agenda.after(backAfterMillis * Agenda.MILLI, () -> realm.replace(victim));
    }

    private List<Connection> connectionsOf(GatewayService gateway) {
        List<Connection> connections = new ArrayList<>();
        for (Client client : clients) {
            Connection connection = client.connection();
            if (connection != null && connection.gateway() == gateway) {
                connections.add(connection);
            }
        }
        return connections;
    }

    /** A rolling restart begins the new one before the old one is gone. */
    private void leave(@Nullable Service one) {
        if (one != null && one.node().isWell()) {
            realm.log.fired(FaultKind.LEAVE);
            realm.trace.say(realm.agenda.millis(), "", () -> "*** LEAVE to " + one.node());
            if (!(one instanceof WorkerService)) {
                realm.replace(one);
            }
            one.node().deliver(one::leave);
            if (one instanceof WorkerService) {
                replaceWhenDead(one);
            }
        }
    }

    private void replaceWhenDead(Service one) {
        realm.agenda.after(500 * Agenda.MILLI, () -> {
            if (one.node().isDead()) {
                realm.replace(one);
            } else {
                replaceWhenDead(one);
            }
        });
    }

    private void pause(Fault fault, @Nullable Service victim) {
        if (victim != null && !victim.node().isStill()) {
            realm.log.fired(FaultKind.PAUSE);
            say(fault, "of " + victim.node());
            victim.node().stop();
            realm.agenda.after(fault.forMillis() * Agenda.MILLI, () -> {
                realm.trace.say(realm.agenda.millis(), "", () -> victim.node() + " goes on");
                victim.node().goOn();
            });
        }
    }

    private void slow(Fault fault, @Nullable Service victim, SplittableRandom random) {
        if (victim != null) {
            realm.log.fired(FaultKind.SLOW);
            say(fault, "of " + victim.node());
            victim.node().lag(random.nextLong(20, 900) * Agenda.MILLI);
            realm.agenda.after(
                    fault.forMillis() * Agenda.MILLI, () -> victim.node().lag(0));
        }
    }

    // ---- the ways between them

    private void cut(Fault fault, SplittableRandom random) {
        List<Service> all = realm.alive(null);
        int count = fault.kind() == FaultKind.PARTITION ? 1 + random.nextInt(Math.max(1, all.size() / 2)) : 1;
        List<Node> inside = new ArrayList<>();
        while (inside.size() < count) {
            Node node = all.get(random.nextInt(all.size())).node();
            if (!inside.contains(node)) {
                inside.add(node);
            }
        }
        say(fault, "of " + inside);
        var cut = new Cut(realm, inside, fault.kind() != FaultKind.ONE_WAY);
        if (fault.kind() == FaultKind.FLAPPING) {
            flap(cut, fault.forMillis());
        } else {
            realm.log.fired(fault.kind());
            cut.make();
            realm.agenda.after(fault.forMillis() * Agenda.MILLI, cut::mend);
        }
    }

    private void flap(Cut cut, long leftMillis) {
        if (leftMillis > 0) {
            realm.log.fired(FaultKind.FLAPPING);
            cut.make();
            realm.agenda.after(FLAP_MILLIS * Agenda.MILLI, cut::mend);
            realm.agenda.after(2 * FLAP_MILLIS * Agenda.MILLI, () -> flap(cut, leftMillis - 2 * FLAP_MILLIS));
        }
    }

    // ---- model servers and clients

    private void model(Fault fault, SplittableRandom random) {
        List<WorkerService> workers = realm.workers();
        if (workers.isEmpty()) {
            return;
        }
        WorkerService worker = workers.get(random.nextInt(workers.size()));
        ModelServer server = worker.server();
        say(fault, "of " + worker.id());
        switch (fault.kind()) {
            case MODEL_FAILS -> server.fail(0.2 + random.nextDouble() * 0.6);
            case MODEL_HANGS -> server.hang(0.3);
            default -> server.failFast(true);
        }
        realm.agenda.after(fault.forMillis() * Agenda.MILLI, () -> {
            server.fail(0);
            server.hang(0);
            server.failFast(false);
        });
    }

    private void troubleClients(Fault fault, SplittableRandom random) {
        say(fault, "of clients");
        troubleClients(fault.kind(), random, realm.agenda.millis() + fault.forMillis());
    }

    private void troubleClients(FaultKind kind, SplittableRandom random, long until) {
        if (clients.isEmpty() || realm.agenda.millis() >= until) {
            return;
        }
        Client client = clients.get(random.nextInt(clients.size()));
        Connection connection = client.connection();
        if (connection != null && !connection.isDead() && !client.open().isEmpty()) {
            realm.log.fired(kind);
            switch (kind) {
                case RESET -> connection.die(random.nextLong(50), 0);
                case FORGERY -> new Forger(realm).answer(client, random);
                case HALF_OPEN -> connection.die(random.nextLong(30_000), random.nextLong(6_000));
                default -> connection.congest(random.nextLong(6_000));
            }
        }
        realm.agenda.after(CLIENT_FAULT_MILLIS * Agenda.MILLI, () -> troubleClients(kind, random, until));
    }
}
