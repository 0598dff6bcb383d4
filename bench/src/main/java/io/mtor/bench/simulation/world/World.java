// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.bench.simulation.check.Judge;
import io.mtor.common.protocol.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A realm with its clients, and what is going to happen to them. */
public final class World {

    private final Realm realm;
    private final Judge judge;
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final List<Client> all = new ArrayList<>();
    private final Injector injector;

    /** So many processes of each kind that are not workers. */
    public record Size(int gateways, int dispatchers, int monitors) {}

    public World(Realm realm, Size size, List<Host> hosts, Judge judge) {
        this.realm = realm;
        this.judge = judge;
        this.injector = new Injector(realm, all);
        for (int i = 0; i < size.dispatchers(); i++) {
            realm.addDispatcher();
        }
        for (int i = 0; i < size.monitors(); i++) {
            realm.addMonitor();
        }
        for (int i = 0; i < size.gateways(); i++) {
            realm.addGateway();
        }
        hosts.forEach(realm::addWorker);
    }

    public Realm realm() {
        return realm;
    }

    public List<Client> clients() {
        return all;
    }

    public void plan(Fault fault) {
        injector.plan(fault);
    }

    public void plan(Wish wish) {
        realm.agenda.at(wish.atMillis() * Agenda.MILLI, () -> {
            Client client = clients.computeIfAbsent(wish.user(), this::client);
            client.send(wish);
            if (wish.manner().forsaken()) {
                realm.agenda.after(300 * Agenda.MILLI, client::forsake);
            }
        });
    }

    private Client client(String name) {
        var client = new Client(realm, new UserId(name), judge);
        all.add(client);
        return client;
    }

    /** The network is never quite reliable, not even when all else is well. */
    public void roughen() {
        realm.network.roughen();
    }

    /** No fault begins any more. */
    public void heal() {
        injector.heal();
    }
}
