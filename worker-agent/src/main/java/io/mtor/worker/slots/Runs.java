// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.Capability;
import io.mtor.common.bus.DispatcherBound.Outcome;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.GatewayId;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that hold a slot, and the only ways in and out: {@link #begin} takes one, {@link #complete} and
 * {@link #fail} give it back and make the one terminal message.
 */
final class Runs {

    private final WorkerId worker;

    private final WorkerLimits limits;

    private final ReplayBuffer replay;

    private final Gateways gateways;

    private final Reports reports = new Reports();

    private final Map<Long, Attempt> running = new LinkedHashMap<>();

    /** Attempts with text of this turn that is not yet a piece. */
    private final Set<Attempt> unflushed = new LinkedHashSet<>();

    /** Who has something that runs alone, and was told that it cannot begin yet. */
    private final Set<DispatcherId> waitingForCalm = new LinkedHashSet<>();

    private List<Effect> effects = new ArrayList<>();

    private long begun;

    Runs(WorkerId worker, WorkerLimits limits, ReplayBuffer replay, Gateways gateways) {
        this.worker = worker;
        this.limits = limits;
        this.replay = replay;
        this.gateways = gateways;
    }

    int count() {
        return running.size();
    }

    /** True while one runs that must have no company. */
    boolean isAlone() {
        return running.values().stream().anyMatch(Attempt::isAlone);
    }

    /** True if each has begun to answer, and so is not what may kill this process next. */
    boolean haveAllBegun() {
        return running.values().stream().allMatch(each -> each.heard);
    }

    /** It was refused something that runs alone: it hears when that would be taken. */
    void tellWhenAllHaveBegun(DispatcherId dispatcher) {
        waitingForCalm.add(dispatcher);
    }

    private void tellIfAllHaveBegun() {
        if (!waitingForCalm.isEmpty() && haveAllBegun()) {
            waitingForCalm.forEach(reports::load);
            waitingForCalm.clear();
        }
    }

    @Nullable
    Attempt find(long run) {
        return running.get(run);
    }

    boolean isRunning(Attempt attempt) {
        return running.get(attempt.run) == attempt;
    }

    /** Those that run now; ending one does not disturb the list. */
    List<Attempt> all() {
        return List.copyOf(running.values());
    }

    Attempt begin(Assign assign, GatewayBound.Accepted accepted, long now) {
        var attempt = new Attempt(++begun, accepted, assign, new Outgoing(limits), now);
        running.put(attempt.run, attempt);
        replay.keep(attempt);
        return attempt;
    }

    void complete(Attempt attempt, GatewayBound.Completed message, long now) {
        close(attempt, now);
        attempt.outgoing.complete(message);
        effects.add(new Effect.Over(attempt.run, null));
        closed(attempt, Outcome.COMPLETED, now);
    }

    /** Ends it from our side: the model server is stopped. */
    void stop(Attempt attempt, Cause cause, String message, long now) {
        if (isRunning(attempt)) {
            effects.add(new Effect.Stop(attempt.run));
            fail(attempt, cause, message, now);
        }
    }

    void fail(Attempt attempt, Cause cause, String message, long now) {
        close(attempt, now);
        attempt.outgoing.fail(attempt.failed(cause, message));
        effects.add(new Effect.Over(attempt.run, cause));
        closed(attempt, Outcome.of(cause), now);
    }

    private void close(Attempt attempt, long now) {
        running.remove(attempt.run);
        unflushed.remove(attempt);
        attempt.endedMillis = now;
    }

    private void closed(Attempt attempt, Outcome outcome, long now) {
        attempt.outcome = outcome;
        reports.ended(attempt.dispatcher, attempt.ended());
        tellIfAllHaveBegun();
        long runningWeight = running.values().stream()
                .mapToLong(each -> each.outgoing.weight())
                .sum();
        replay.ended(attempt, runningWeight);
        pump(attempt, now);
    }

    /** The model server made something. Of what ran alone it was the first: the dispatcher hears that others may come. */
    void signOfLife(Attempt attempt, long now) {
        if (attempt.isAlone()) {
            reports.load(attempt.dispatcher);
        }
        attempt.signOfLife(now);
        tellIfAllHaveBegun();
    }

    /** Something was made: it goes out as far as the window lets it. */
    void made(Attempt attempt, long now) {
        if (attempt.outgoing.size() >= limits.maxPieces()) {
            stop(attempt, Cause.FAILED, "the answer has more than " + limits.maxPieces() + " pieces", now);
        } else {
            pump(attempt, now);
        }
    }

    /** Text was made: it goes out at the end of this turn, with whatever else comes in it. */
    void madeText(Attempt attempt) {
        unflushed.add(attempt);
    }

    /** Sends what may be sent, and holds the model server up or lets it go on. */
    void pump(Attempt attempt, long now) {
        Outgoing outgoing = attempt.outgoing;
        outgoing.pump(message -> send(attempt, message));
        if (!isRunning(attempt)) {
            return;
        }
        if (!outgoing.isFull()) {
            // Text that came while the window was full becomes one piece instead of many.
            attempt.cutText();
            outgoing.pump(message -> send(attempt, message));
        }
        boolean nobodyToWaitFor = attempt.isDetached() && gateways.isGone(attempt.gateway, now);
        boolean full = outgoing.isFull() && !nobodyToWaitFor;
        if (full != attempt.paused) {
            attempt.paused = full;
            attempt.takenMillis = now;
            attempt.activeMillis = now;
            effects.add(full ? new Effect.Pause(attempt.run) : new Effect.Continue(attempt.run));
        }
    }

    /** Sends it to whoever is answered now, with what that gateway gave. */
    void send(Attempt attempt, GatewayBound.FromWorker message) {
        tell(attempt.gateway, message, attempt.capability);
    }

    void tell(GatewayId gateway, GatewayBound.FromWorker message, @Nullable Capability capability) {
        effects.add(new Effect.ToGateway(gateway, capability == null ? message : message.with(capability)));
    }

    /**
     * From now on this gateway is answered, and whoever was so far is told.
     *
     * @param given to be shown to it; null if it gave none, which changes nothing for the one that is answered already
     */
    void answer(Attempt attempt, GatewayId gateway, @Nullable Capability given) {
        if (!attempt.gateway.equals(gateway)) {
            send(attempt, attempt.moved());
            attempt.gateway = gateway;
            attempt.capability = given;
        } else if (given != null) {
            attempt.capability = given;
        }
    }

    void add(Effect effect) {
        effects.add(effect);
    }

    void reportAccepted(Attempt attempt) {
        reports.accepted(attempt.dispatcher, attempt.key());
    }

    void reportEnded(Attempt attempt, DispatcherId dispatcher) {
        reports.ended(dispatcher, attempt.ended());
    }

    boolean needsFlush() {
        return !unflushed.isEmpty() || !reports.isEmpty();
    }

    void flush(Load load, long now) {
        List<Attempt> due = List.copyOf(unflushed);
        unflushed.clear();
        due.forEach(each -> made(each, now));
        reports.flush(worker, load, effects::add);
    }

    /** What is to be done, since the last call. */
    List<Effect> takeEffects() {
        if (effects.isEmpty()) {
            return List.of();
        }
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
