// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.DispatcherBound.Reason;
import io.mtor.common.bus.DispatcherBound.Refused;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound.Assign;
import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Serving;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides which of the intents that are assigned to a worker it takes. */
final class Intake {

    private final WorkerId id;

    private final Trust trust;

    private final Runs runs;

    private final Wakefulness wakefulness;

    private Serving serving;

    private boolean closed;

    private boolean aside;

    private boolean paused;

    Intake(WorkerId id, Trust trust, Serving serving, Runs runs, Wakefulness wakefulness) {
        this.id = id;
        this.trust = trust;
        this.serving = serving;
        this.runs = runs;
        this.wakefulness = wakefulness;
    }

    /** What runs alone takes every slot while it does. */
    Load load() {
        int taken = runs.isAlone() ? Math.max(serving.slots(), 1) : runs.count();
        return new Load(serving.slots(), taken, takesNothing());
    }

    Serving serving() {
        return serving;
    }

    void serve(Serving now) {
        serving = now;
    }

    /** Takes no more from now on. */
    void close() {
        closed = true;
    }

    /** Takes no more until it is taken back; a worker that leaves does not come back for that. */
    void setAside(boolean on) {
        aside = on;
    }

    /** Takes no more until the owner of the host lets it; whatever an operator wishes. */
    void pause(boolean on) {
        paused = on;
    }

    private boolean takesNothing() {
        return closed || aside || paused;
    }

    /** An attempt that is not known here. */
    void take(Assign assign, @Nullable Attempt old, long now) {
        if (old != null) {
            runs.stop(old, Cause.CANCELLED, "attempt " + assign.attempt() + " has taken its place", now);
        }
        Optional<Offer> offer =
                trust.maySee(assign.intent().privacy()) ? serving.offerFor(assign.intent()) : Optional.empty();
        if (takesNothing()) {
            refuse(assign, Reason.DRAINING);
        } else if (offer.isEmpty()) {
            refuse(assign, Reason.NOT_SERVED);
        } else if (!hasRoomFor(assign) || wakefulness.isStale(now)) {
            if (assign.alone() && hasFreeSlot()) {
                runs.tellWhenAllHaveBegun(assign.dispatcher());
            }
            refuse(assign, Reason.NO_FREE_SLOT);
        } else {
            accept(assign, offer.get(), now);
        }
    }

    private boolean hasFreeSlot() {
        return load().inFlight() < serving.slots();
    }

    /** What runs alone can be told from the others by what comes of it, if something has come of all of them. */
    private boolean hasRoomFor(Assign assign) {
        return hasFreeSlot() && (!assign.alone() || runs.haveAllBegun());
    }

    private void refuse(Assign assign, Reason reason) {
        var refused = new Refused(id, load(), assign.intent().key(), assign.attempt(), reason);
        runs.add(new Effect.ToDispatcher(assign.dispatcher(), refused));
    }

    private void accept(Assign assign, Offer offer, long now) {
        String asked = assign.intent().model();
        String model = asked != null || offer.models().isEmpty()
                ? asked
                : offer.models().get(0);
        var assigned = new Assigned(assign.intent(), model, assign.dispatchMicros(), assign.queueMillis());
        Attempt attempt = runs.begin(assign, accepted(assign, model), now);
        runs.reportAccepted(attempt);
        runs.send(attempt, attempt.accepted);
        if (assign.ttlMillis() <= wakefulness.deafMillis(now)) {
            runs.fail(attempt, Cause.DEADLINE, "its time was over before it began", now);
        } else {
            runs.add(new Effect.Start(attempt.run, assigned));
        }
    }

    private GatewayBound.Accepted accepted(Assign assign, @Nullable String model) {
        return new GatewayBound.Accepted(
                assign.intent().key(),
                assign.attempt(),
                id,
                model,
                serving.synthetic(),
                assign.dispatchMicros(),
                assign.queueMillis());
    }

    /** A later attempt is here already: whoever placed this one is told, if it is not the gateway that went on itself. */
    void turnAway(Assign assign, Attempt later) {
        refuse(assign, Reason.OUTDATED);
        if (!later.gateway.equals(assign.gateway())) {
            var moved = new GatewayBound.Moved(later.key(), id, assign.capability());
            runs.add(new Effect.ToGateway(assign.gateway(), moved));
        }
    }

    /** The attempt that is here already: answered as the first time. */
    void repeat(Assign assign, Attempt attempt, long now) {
        boolean elsewhere = !attempt.gateway.equals(assign.gateway());
        boolean ended = attempt.outgoing.isEnded();
        runs.answer(attempt, assign.gateway(), assign.capability());
        attempt.dispatcher = assign.dispatcher();
        runs.reportAccepted(attempt);
        runs.send(attempt, attempt.accepted);
        if (ended) {
            runs.reportEnded(attempt, assign.dispatcher());
        }
        if (ended || elsewhere) {
            attempt.outgoing.rewind(-1);
            runs.pump(attempt, now);
        }
    }
}
