// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.gpu.GpuSample;
import io.mtor.worker.gpu.Machine;
import io.mtor.worker.gpu.Senses;
import io.mtor.worker.owner.Availability;
import io.mtor.worker.owner.Journal;
import io.mtor.worker.owner.Owner;
import io.mtor.worker.owner.OwnerLimits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the machine twice a second, and pauses the workers of a host or lets them work as its {@link Owner} decides. It
 * lives on the context that begins it; its methods may be called from any thread.
 */
public final class OwnerWatch {

    private static final Logger LOGGER = LoggerFactory.getLogger(OwnerWatch.class);

    private static final long LOOK_MILLIS = 500;

    private final OwnerLimits limits;

    private final Machine machine;

    private final Clock clock;

    private final Owner owner;

    private final Journal journal;

    private volatile @Nullable Context context;

    private @Nullable Hosting workers;

    private boolean looking;

    private volatile Senses senses = Senses.NONE;

    private volatile Availability availability = Availability.OPEN;

    /** @param clock the clock on the wall, with its zone */
    public OwnerWatch(OwnerLimits limits, Machine machine, Clock clock) {
        this.limits = limits;
        this.machine = machine;
        this.clock = clock;
        this.owner = new Owner(limits, clock.getZone());
        this.journal = new Journal(clock.getZone());
    }

    /** Of this machine, by its own clock. */
    static OwnerWatch ofThisHost(OwnerLimits limits) {
        var machine = Machine.thisHost(
                System.getenv().getOrDefault("PATH", ""), limits.modelServers(), limits.idle() != null);
        return new OwnerWatch(limits, machine, Clock.system(ZoneId.systemDefault()));
    }

    /** Looks for the first time, which takes some milliseconds, and from then on by itself. */
    Future<Void> begin(Vertx vertx, Hosting hosting) {
        context = Objects.requireNonNull(vertx.getOrCreateContext());
        workers = hosting;
        hosting.ownedBy(limits::allows, Listener::new);
        vertx.setPeriodic(LOOK_MILLIS, id -> look(vertx));
        return look(vertx);
    }

    private Future<Void> look(Vertx vertx) {
        if (looking) {
            return Future.succeededFuture();
        }
        looking = true;
        return vertx.executeBlocking(() -> machine.sense(clock.instant()))
                .onSuccess(sensed -> senses = sensed)
                .onFailure(e -> LOGGER.atWarn().setCause(e).log("this machine cannot be looked at"))
                .otherwise(senses)
                .<Void>mapEmpty()
                .onComplete(done -> {
                    looking = false;
                    power();
                    decide();
                });
    }

    private void power() {
        List<Double> watts = senses.gpus().stream()
                .map(GpuSample::watts)
                .filter(Objects::nonNull)
                .toList();
        if (!watts.isEmpty()) {
            journal.power(watts.stream().mapToDouble(Double::doubleValue).sum(), clock.instant());
        }
    }

    private Availability decide() {
        Availability before = availability;
        Availability now = owner.look(senses, journal.running(), journal.jobsToday(clock.instant()), clock.instant());
        availability = now;
        if (!now.causes().equals(before.causes())) {
            LOGGER.atInfo()
                    .addKeyValue(
                            "reasons",
                            now.reasons().stream().map(each -> each.text()).toList())
                    .log(now.isOpen() ? "takes work again" : "takes no work");
        }
        Hosting hosting = workers;
        if (hosting != null && now.isOpen() != before.isOpen()) {
            if (now.isOpen()) {
                hosting.unpause();
            } else {
                pause(hosting);
            }
        }
        return now;
    }

    private void pause(Hosting hosting) {
        hosting.pause(limits.finish()).onSuccess(rested -> {
            if (limits.unload() && !availability.isOpen()) {
                hosting.unload();
            }
        });
    }

    /**
     * The owner wants his machine.
     *
     * @param time for so long; null until he says otherwise
     */
    public Future<Availability> pause(@Nullable Duration time) {
        return told(each ->
                each.pause(time == null ? null : clock.instant().plus(time).truncatedTo(ChronoUnit.SECONDS)));
    }

    /** The owner lets it work, as far as everything else allows it. */
    public Future<Availability> resume() {
        return told(Owner::resume);
    }

    private Future<Availability> told(Consumer<Owner> word) {
        Context mine = context;
        return mine == null
                ? Future.failedFuture("it has not begun")
                : Future.future(promise -> mine.runOnContext(go -> {
                    word.accept(owner);
                    promise.complete(decide());
                }));
    }

    /** Whether work is taken, and why not. */
    public Availability availability() {
        return availability;
    }

    /** What the machine told last. */
    public Senses senses() {
        return senses;
    }

    /** What has been done. */
    public Journal.Page page() {
        return journal.page(clock.instant());
    }

    void close() {
        machine.close();
    }

    /** Writes down what one worker does; on its event loop. */
    private final class Listener implements RunListener {

        private final String worker;

        Listener(String worker) {
            this.worker = worker;
        }

        @Override
        public void began(QueryType type) {
            journal.began(type, clock.instant());
            Integer most = limits.maxJobsPerDay();
            Context mine = context;
            if (mine != null && most != null && journal.jobsToday(clock.instant()) >= most) {
                mine.runOnContext(go -> decide());
            }
        }

        @Override
        public void over(QueryType type, @Nullable Cause cause) {
            journal.over(worker, type, cause, clock.instant());
        }
    }
}
