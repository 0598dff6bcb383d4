// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.MonitorBound;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Speed;
import io.mtor.common.protocol.Usage;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.ChunkSink;
import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.Serving;
import io.mtor.worker.slots.Effect;
import io.mtor.worker.slots.WorkerCore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a {@link WorkerCore} decides, with one {@link ModelServer} and one {@link WorkerPort}. */
final class Worker {

    private static final Logger LOGGER = LoggerFactory.getLogger(Worker.class);

    private final WorkerIdentity identity;

    private final WorkerCore core;

    private final ModelServer server;

    private final WorkerPort port;

    private final Turns turns;

    private final Map<Long, Run> runs = new HashMap<>();

    private final Map<Long, QueryType> begun = new HashMap<>();

    private final Promise<Void> drained = Promise.promise();

    private Promise<Void> rested = Promise.promise();

    private Runnable onSuspect = () -> {};

    private RunListener listener = RunListener.NONE;

    private List<Speed> speeds = List.of();

    private boolean flushing;

    Worker(WorkerIdentity identity, WorkerCore core, ModelServer server, WorkerPort port, Turns turns) {
        this.identity = identity;
        this.core = core;
        this.server = server;
        this.port = port;
        this.turns = turns;
    }

    /** Whom to tell when the model server seems to be gone or changed. */
    void onSuspect(Runnable handler) {
        onSuspect = handler;
    }

    /** Whom to tell of what it does. */
    void onRuns(RunListener told) {
        listener = told;
    }

    /** This was measured of its model server. */
    void measured(List<Speed> now) {
        speeds = now;
    }

    void receive(WorkerBound message) {
        switch (message) {
            case WorkerBound.Assign assign -> decide(now -> core.assign(assign, now));
            case WorkerBound.Cancel cancel -> decide(now -> core.cancel(cancel, now));
            case WorkerBound.Resume resume -> decide(now -> core.resume(resume, now));
            case WorkerBound.Probe probe -> decide(now -> core.probe(probe, now));
            case WorkerBound.Credit credit -> decide(now -> core.credit(credit, now));
            case WorkerBound.Drain drain -> drain(drain);
            case WorkerBound.Ping ping ->
                port.toMonitor(ping.monitor(), new MonitorBound.Pong(identity.id(), ping.nonce(), core.load()));
        }
    }

    private void drain(WorkerBound.Drain drain) {
        LOGGER.atInfo()
                .addKeyValue("worker", identity.id())
                .addKeyValue("gateway", drain.gateway())
                .log(drain.on() ? "an operator drains it" : "an operator takes it back");
        decide(now -> core.setAside(drain.on()));
    }

    /** What others announce. */
    void hear(Announcement announcement) {
        decide(now -> core.hear(announcement, now));
    }

    void nodeLeft(String node) {
        core.nodeLeft(node, turns.now());
    }

    void tick() {
        decide(core::tick);
    }

    void announce() {
        Serving serving = core.serving();
        List<Speed> told = Speed.of(serving.offers(), speeds);
        port.announce(new Announcement.WorkerAnnouncement(
                identity.id(),
                identity.node(),
                identity.incarnation(),
                identity.name(),
                identity.version(),
                serving.offers(),
                core.load(),
                serving.synthetic(),
                identity.trust(),
                told.isEmpty() ? null : told));
    }

    int inFlight() {
        return core.load().inFlight();
    }

    void serve(Serving serving) {
        decide(now -> core.serve(serving));
    }

    /**
     * The owner wants his machine; completes when nothing runs, which is after {@code limit} at the latest, or when it is
     * taken back.
     */
    Future<Void> pause(Duration limit) {
        if (rested.future().isComplete()) {
            rested = Promise.promise();
        }
        Future<Void> future = rested.future();
        decide(now -> core.pause(limit.toMillis(), now));
        if (core.isResting()) {
            rested.tryComplete();
        }
        return future;
    }

    void unpause() {
        decide(now -> core.unpause());
        rested.tryComplete();
    }

    /** Takes no more; completes when the last intent has ended, which is after {@code limit} at the latest. */
    Future<Void> drain(Duration limit) {
        decide(now -> core.drain(limit.toMillis(), now));
        return drained.future();
    }

    void leave() {
        port.announce(new Announcement.WorkerLeft(identity.id(), identity.incarnation()));
        server.close();
    }

    private void decide(LongFunction<List<Effect>> event) {
        carryOut(event.apply(turns.now()));
        if (!flushing && core.needsFlush()) {
            flushing = true;
            turns.next().execute(() -> {
                flushing = false;
                carryOut(core.flush(turns.now()));
            });
        }
    }

    private void carryOut(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.ToGateway to -> port.toGateway(to.gateway(), to.message());
                case Effect.ToDispatcher to -> port.toDispatcher(to.dispatcher(), to.message());
                case Effect.Start start -> start(start.run(), start.work());
                case Effect.Stop stop -> withRun(runs.remove(stop.run()), Run::cancel);
                case Effect.Over over -> over(over);
                case Effect.Pause pause -> withRun(runs.get(pause.run()), Run::pause);
                case Effect.Continue on -> withRun(runs.get(on.run()), Run::resume);
                case Effect.Announce now -> announce();
                case Effect.Suspect now -> onSuspect.run();
                case Effect.Overslept overslept ->
                    LOGGER.atWarn()
                            .addKeyValue("worker", identity.id())
                            .addKeyValue("millis", overslept.millis())
                            .log("this process stood still");
                case Effect.Rested now -> rested.tryComplete();
                case Effect.Drained now -> drained.tryComplete();
            }
        }
    }

    private void over(Effect.Over over) {
        QueryType type = begun.remove(over.run());
        if (type != null) {
            listener.over(type, over.cause());
        }
    }

    private void start(long run, Assigned work) {
        QueryType type = work.intent().queryType();
        begun.put(run, type);
        listener.began(type);
        try {
            runs.put(run, server.run(work, new Sink(run)));
        } catch (RuntimeException e) {
            LOGGER.atError()
                    .addKeyValue("worker", identity.id())
                    .addKeyValue("guid", work.intent().key().guid())
                    .setCause(e)
                    .log("the adapter of the model server failed");
            decide(now -> core.failed(run, Cause.FAILED, "the worker could not ask its model server", now));
        }
    }

    private static void withRun(@Nullable Run run, Consumer<Run> action) {
        if (run != null) {
            action.accept(run);
        }
    }

    /** Tells the core what the model server makes of one run. */
    private final class Sink implements ChunkSink {

        private final long run;

        Sink(long run) {
            this.run = run;
        }

        @Override
        public void text(String text) {
            decide(now -> core.text(run, text, now));
        }

        @Override
        public void medium(Media medium) {
            decide(now -> core.medium(run, medium, now));
        }

        @Override
        public void progress(int done, int of, @Nullable Media preview) {
            decide(now -> core.progress(run, done, of, preview, now));
        }

        @Override
        public void alive() {
            core.alive(run, turns.now());
        }

        @Override
        public void completed(@Nullable String model, @Nullable Usage usage) {
            runs.remove(run);
            decide(now -> core.completed(run, model, usage, now));
        }

        @Override
        public void failed(Cause cause, String message) {
            runs.remove(run);
            decide(now -> core.failed(run, cause, message, now));
        }
    }
}
