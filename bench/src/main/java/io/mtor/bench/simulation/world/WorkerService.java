// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.Serving;
import io.mtor.worker.slots.Effect;
import io.mtor.worker.slots.WorkerCore;
import java.util.List;
import java.util.function.LongFunction;

/** The product's {@link WorkerCore} in a simulated process, with a simulated {@link ModelServer}. */
public final class WorkerService implements Service {

    private static final long DRAIN_MILLIS = 10_000;

    private final Realm realm;
    private final Node node;
    private final Host host;
    private final long incarnation;
    private final WorkerId id;
    private final WorkerCore core;
    private final ModelServer server;
    private boolean flushing;

    WorkerService(Realm realm, Node node, Host host, long incarnation) {
        this.realm = realm;
        this.node = node;
        this.host = host;
        this.incarnation = incarnation;
        this.id = new WorkerId(host.name() + "." + node.name());
        var offers =
                host.types().stream().map(type -> new Offer(type, List.of())).toList();
        this.core = new WorkerCore(
                id, host.trust(), new Serving(offers, host.slots(), false), realm.settings.worker(), node.millis());
        this.server = new ModelServer(this, realm);
    }

    public WorkerId id() {
        return id;
    }

    public Host host() {
        return host;
    }

    @Override
    public Node node() {
        return node;
    }

    public Load load() {
        return core.load();
    }

    WorkerCore core() {
        return core;
    }

    ModelServer server() {
        return server;
    }

    /** From now on its model server fails whatever it gets within a millisecond, or no longer. */
    public void failFast(boolean on) {
        server.failFast(on);
    }

    /** The name of one run, told apart from those of every other process. */
    String runName(long run) {
        return node.name() + "." + run + ":";
    }

    @Override
    public void start() {
        node.every(100, () -> decide(core::tick));
        node.every(1_000, this::announce);
        announce();
    }

    private void announce() {
        Serving serving = core.serving();
        realm.publish(
                node,
                new WorkerAnnouncement(
                        id,
                        node.name(),
                        incarnation,
                        host.name(),
                        "1",
                        serving.offers(),
                        core.load(),
                        false,
                        host.trust()));
    }

    @Override
    public void hear(Announcement announcement) {
        decide(now -> core.hear(announcement, now));
    }

    @Override
    public void nodeLeft(String left) {
        core.nodeLeft(left, node.millis());
    }

    @Override
    public void leave() {
        decide(now -> core.drain(DRAIN_MILLIS, now));
    }

    void receive(WorkerBound message) {
        switch (message) {
            case WorkerBound.Assign assign -> decide(now -> core.assign(assign, now));
            case WorkerBound.Cancel cancel -> decide(now -> core.cancel(cancel, now));
            case WorkerBound.Resume resume -> decide(now -> core.resume(resume, now));
            case WorkerBound.Probe probe -> decide(now -> core.probe(probe, now));
            case WorkerBound.Credit credit -> decide(now -> core.credit(credit, now));
            case WorkerBound.Drain drain -> decide(now -> core.setAside(drain.on()));
            case WorkerBound.Ping ping ->
                realm.toMonitor(node, ping.monitor(), new MonitorBound.Pong(id, ping.nonce(), core.load()));
        }
    }

    /** Something has happened: carries out what the core decides, and lets it flush at the end of the turn. */
    void decide(LongFunction<List<Effect>> event) {
        carryOut(event.apply(node.millis()));
        if (!flushing && core.needsFlush()) {
            flushing = true;
            realm.agenda.after(
                    0,
                    () -> node.deliver(() -> {
                        flushing = false;
                        carryOut(core.flush(node.millis()));
                    }));
        }
    }

    private void carryOut(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.ToGateway to -> realm.toGateway(node, to.gateway(), to.message());
                case Effect.ToDispatcher to -> realm.toDispatcher(node, to.dispatcher(), to.message());
                case Effect.Start start -> server.start(start.run(), start.work());
                case Effect.Stop stop -> server.stop(stop.run());
                case Effect.Pause pause -> server.pause(pause.run());
                case Effect.Continue on -> server.goOn(on.run());
                case Effect.Announce now -> announce();
                case Effect.Suspect now -> {}
                case Effect.Overslept now -> {}
                case Effect.Over over -> {}
                case Effect.Rested now -> {}
                case Effect.Drained now -> {
                    realm.publish(node, new Announcement.WorkerLeft(id, incarnation));
                    node.after(100, node::die);
                }
            }
        }
    }
}
