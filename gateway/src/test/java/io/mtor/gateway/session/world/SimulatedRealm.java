// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session.world;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;
import io.mtor.gateway.session.OpenIntents;
import io.mtor.gateway.session.RealmPort;
import io.mtor.gateway.testing.CountingObserver;
import io.mtor.gateway.testing.Intents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Gateways, one dispatcher and some workers on a network; any of them may be killed. */
public final class SimulatedRealm {

    private static final int WORKERS = 12;

    private final Network network;
    private final List<OpenIntents> gateways = new ArrayList<>();
    private final Map<WorkerId, SimulatedWorker> workers = new LinkedHashMap<>();
    private final Map<IntentKey, Parked> line = new LinkedHashMap<>();

    private record Parked(Intent intent, int attempt, List<WorkerId> excluded, int gateway) {}

    public SimulatedRealm(Network network, int gatewayCount) {
        this.network = network;
        for (int i = 0; i < gatewayCount; i++) {
            gateways.add(newGateway(i));
        }
        for (int i = 0; i < WORKERS; i++) {
            var worker = new SimulatedWorker("w" + i, this);
            workers.put(worker.id, worker);
        }
        every(100, () -> gateways.forEach(gateway -> gateway.tick(network.now())));
        every(1_000, this::tellWaiting);
        every(20, this::serveLine);
        every(1_500, this::strike);
    }

    private OpenIntents newGateway(int number) {
        return new OpenIntents(Intents.patience(), new Port(number), new CountingObserver());
    }

    private void every(long millis, Runnable action) {
        network.after(millis, () -> {
            action.run();
            every(millis, action);
        });
    }

    public OpenIntents gateway(int number) {
        return gateways.get(number);
    }

    public int gatewayCount() {
        return gateways.size();
    }

    /** Kills a gateway: another one with its number starts, knowing nothing. */
    public void killGateway(int number) {
        gateways.set(number, newGateway(number));
    }

    public int openIntents() {
        return gateways.stream().mapToInt(OpenIntents::size).sum();
    }

    public int runningIntents() {
        return workers.values().stream().mapToInt(SimulatedWorker::running).sum();
    }

    private SimulatedWorker worker(WorkerId id) {
        return Objects.requireNonNull(workers.get(id));
    }

    Network network() {
        return network;
    }

    Random random() {
        return network.random();
    }

    void toGateway(int gateway, GatewayBound message) {
        network.send(() -> gateways.get(gateway).receive(message, network.now()));
    }

    // ---- the dispatcher

    private void place(Parked wish) {
        for (SimulatedWorker worker : candidates(wish)) {
            network.send(() -> {
                if (!worker.assign(wish.intent(), wish.attempt(), wish.gateway())) {
                    line.putIfAbsent(wish.intent().key(), wish);
                }
            });
            return;
        }
        line.put(wish.intent().key(), wish);
        tell(wish);
    }

    /** Free workers, those that are not excluded first. */
    private List<SimulatedWorker> candidates(Parked wish) {
        List<SimulatedWorker> free = new ArrayList<>(
                workers.values().stream().filter(each -> each.free() > 0).toList());
        Collections.shuffle(free, random());
        free.sort(Comparator.comparing(each -> wish.excluded().contains(each.id)));
        return free;
    }

    private void tell(Parked wish) {
        toGateway(wish.gateway(), new GatewayBound.Waiting(wish.intent().key(), wish.attempt(), 1, null));
    }

    private void tellWaiting() {
        line.values().forEach(this::tell);
    }

    void slotFreed() {
        network.after(0, this::serveLine);
    }

    private void serveLine() {
        while (!line.isEmpty() && workers.values().stream().anyMatch(each -> each.free() > 0)) {
            Parked first = line.remove(line.keySet().iterator().next());
            place(first);
            if (line.containsKey(first.intent().key())) {
                return;
            }
        }
    }

    // ---- bad luck

    private void strike() {
        if (network.strikes(0.3)) {
            SimulatedWorker worker = worker(new WorkerId("w" + random().nextInt(WORKERS)));
            worker.crash();
            long seenAfter = random().nextInt(2_000);
            network.after(
                    seenAfter,
                    () -> gateways.forEach(each -> each.workerLost(worker.id, "its process is gone", network.now())));
        }
        if (network.strikes(0.1)) {
            line.clear();
            network.after(random().nextInt(2_000), () -> gateways.forEach(each -> each.dispatcherLost(network.now())));
        }
    }

    /** A gateway's way into this realm. */
    private final class Port implements RealmPort {

        private final int gateway;

        Port(int gateway) {
            this.gateway = gateway;
        }

        @Override
        public boolean place(
                Intent intent, int attempt, List<WorkerId> excluded, long ttlMillis, long ageMillis, boolean alone) {
            network.send(() -> {
                Parked known = line.get(intent.key());
                if (known == null || known.attempt() < attempt || known.gateway() != gateway) {
                    line.remove(intent.key());
                    SimulatedRealm.this.place(new Parked(intent, attempt, excluded, gateway));
                }
            });
            return true;
        }

        @Override
        public void withdraw(DispatcherId from, IntentKey key) {
            withdraw(key);
        }

        @Override
        public void withdraw(IntentKey key) {
            network.send(() -> {
                Parked known = line.get(key);
                if (known != null && known.gateway() == gateway) {
                    line.remove(key);
                }
            });
        }

        @Override
        public void resume(WorkerId worker, IntentKey key, int afterSeq) {
            network.send(() -> worker(worker).resume(key, gateway, afterSeq));
        }

        @Override
        public void probe(WorkerId worker, IntentKey key) {
            network.send(() -> worker(worker).probe(key, gateway));
        }

        @Override
        public void credit(WorkerId worker, IntentKey key, int attempt, int seq) {
            network.send(() -> worker(worker).credit(key, attempt, seq));
        }

        @Override
        public void cancel(WorkerId worker, IntentKey key, int attempt) {
            network.send(() -> worker(worker).cancel(key, attempt, gateway));
        }

        @Override
        public void cancelEverywhere(WorkerId worker, IntentKey key) {
            network.send(() -> worker(worker).cancel(key, Integer.MAX_VALUE, -1));
        }
    }
}
