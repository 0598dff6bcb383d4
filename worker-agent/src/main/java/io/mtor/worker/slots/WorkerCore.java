// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.slots;

import io.mtor.common.bus.Announcement;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.Load;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Trust;
import io.mtor.common.protocol.Usage;
import io.mtor.common.protocol.WorkerId;
import io.mtor.worker.model.Serving;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a worker decides: which intents it takes, what goes to whom, when an intent is over.
 *
 * <p>Each method is something that happened, with the time; it returns what is to be done, in order. {@link #flush}
 * is to be called at the end of every turn in which something happened.
 *
 * <h2>One attempt</h2>
 *
 * <pre>
 *           free slot             completed, failed, cancelled, too late, hung,
 *           and served            not taken, gateway gone, superseded, handed back
 *   Assign ───────────▶ running ────────────────────────────────────▶ ended ──────▶ forgotten
 *     │                   ▲ │ a full window                              10 minutes, or
 *     └─▶ refused         └─┘ pauses it                                  no more room
 * </pre>
 *
 * The slot is free as soon as an attempt has ended, even while its last pieces wait for the window. Each attempt that
 * was accepted has exactly one terminal message; only {@link Runs} makes one.
 *
 * <h2>Assigned again</h2>
 *
 * The same attempt: answered as the first time, never run twice. A lower one: late, turned away. A higher one: the gateway
 * has given up the old one and shows nothing of it any more, so the old run is cancelled and the intent begins anew.
 * Giving the old run the new number would be cheaper, but whatever made the gateway give it up (silence, most often)
 * is still in it.
 *
 * <h2>Standing still</h2>
 *
 * A process that was stopped finds on waking what others sent meanwhile, and nothing tells it how old that is. The gap
 * in its own ticks bounds it ({@link Wakefulness}): an intent whose time may be over is not begun, and after a long gap
 * what comes is refused until the buffers are sure to be empty, since the others will have given it to somebody else; who
 * has not, assigns it anew. Nobody's silence in the gap counts against him.
 */
public final class WorkerCore {

    private final WorkerId id;

    private final Intake intake;

    private final Wakefulness wakefulness;

    private final WorkerLimits limits;

    private final ReplayBuffer replay;

    private final Gateways gateways;

    private final Runs runs;

    private boolean draining;

    private boolean drained;

    private long drainDeadlineMillis;

    private boolean paused;

    private boolean rested;

    private long pauseDeadlineMillis;

    /** One that is the operator's own. */
    public WorkerCore(WorkerId id, Serving serving, WorkerLimits limits, long now) {
        this(id, Trust.OWN, serving, limits, now);
    }

    public WorkerCore(WorkerId id, Trust trust, Serving serving, WorkerLimits limits, long now) {
        this.id = id;
        this.limits = limits;
        this.replay = new ReplayBuffer(limits);
        this.gateways = new Gateways(limits.gatewaySilenceMillis());
        this.runs = new Runs(id, limits, replay, gateways);
        this.wakefulness = new Wakefulness(limits, now);
        this.intake = new Intake(id, trust, serving, runs, wakefulness);
    }

    public Load load() {
        return intake.load();
    }

    public Serving serving() {
        return intake.serving();
    }

    /** True if something waits for {@link #flush}. */
    public boolean needsFlush() {
        return runs.needsFlush();
    }

    public List<Effect> assign(WorkerBound.Assign assign, long now) {
        gateways.mentioned(assign.gateway(), now);
        Attempt known = replay.find(assign.intent().key());
        if (known == null || known.number() < assign.attempt()) {
            intake.take(assign, known, now);
        } else if (known.number() == assign.attempt()) {
            intake.repeat(assign, known, now);
        } else {
            intake.turnAway(assign, known);
        }
        return runs.takeEffects();
    }

    public List<Effect> cancel(WorkerBound.Cancel cancel, long now) {
        Attempt attempt = replay.find(cancel.key());
        if (attempt != null && attempt.isMeantBy(cancel)) {
            runs.stop(attempt, Cause.CANCELLED, "cancelled", now);
        }
        return runs.takeEffects();
    }

    public List<Effect> resume(WorkerBound.Resume resume, long now) {
        gateways.mentioned(resume.gateway(), now);
        Attempt attempt = replay.find(resume.key());
        if (attempt == null) {
            runs.tell(resume.gateway(), new GatewayBound.UnknownIntent(resume.key(), id), resume.capability());
        } else {
            runs.answer(attempt, resume.gateway(), resume.capability());
            attempt.takenMillis = now;
            attempt.outgoing.rewind(resume.afterSeq());
            runs.send(attempt, attempt.accepted);
            runs.pump(attempt, now);
        }
        return runs.takeEffects();
    }

    public List<Effect> probe(WorkerBound.Probe probe, long now) {
        gateways.mentioned(probe.gateway(), now);
        Attempt attempt = replay.find(probe.key());
        GatewayBound.FromWorker answer =
                attempt == null ? new GatewayBound.UnknownIntent(probe.key(), id) : attempt.aliveFor(probe.gateway());
        runs.tell(probe.gateway(), answer, probe.capability());
        return runs.takeEffects();
    }

    public List<Effect> credit(WorkerBound.Credit credit, long now) {
        Attempt attempt = replay.find(credit.key());
        if (attempt != null && attempt.number() == credit.attempt() && attempt.outgoing.credit(credit.seq())) {
            gateways.mentioned(attempt.gateway, now);
            attempt.takenMillis = now;
            runs.pump(attempt, now);
        }
        return runs.takeEffects();
    }

    /** What is published to all. */
    public List<Effect> hear(Announcement announcement, long now) {
        gateways.hear(announcement, now);
        return announcement instanceof Announcement.Rollcall ? List.of(new Effect.Announce()) : List.of();
    }

    public void nodeLeft(String node, long now) {
        gateways.nodeLeft(node, now);
    }

    // What comes from the model server; of a run that is over nothing is taken any more.

    public List<Effect> text(long run, String text, long now) {
        Attempt attempt = runs.find(run);
        if (attempt == null || text.isEmpty()) {
            return List.of();
        }
        runs.signOfLife(attempt, now);
        if (attempt.textChars() + text.length() > limits.maxTextChars()) {
            String why = "the answer has more than " + limits.maxTextChars() + " characters";
            runs.stop(attempt, Cause.FAILED, why, now);
        } else {
            attempt.addText(text, now);
            runs.madeText(attempt);
        }
        return runs.takeEffects();
    }

    public List<Effect> medium(long run, Media medium, long now) {
        Attempt attempt = runs.find(run);
        Bytes data = medium.data();
        if (attempt == null || data == null) {
            return List.of();
        }
        runs.signOfLife(attempt, now);
        if (hasRoom(attempt, data, now)) {
            attempt.addMedium(medium.mediaType(), data, now);
            runs.made(attempt, now);
        }
        return runs.takeEffects();
    }

    public List<Effect> progress(long run, int done, int of, @Nullable Media preview, long now) {
        Attempt attempt = runs.find(run);
        if (attempt == null) {
            return List.of();
        }
        runs.signOfLife(attempt, now);
        if (hasRoom(attempt, preview == null ? null : preview.data(), now)) {
            attempt.addProgress(done, of, preview, now);
            runs.made(attempt, now);
        }
        return runs.takeEffects();
    }

    private boolean hasRoom(Attempt attempt, @Nullable Bytes more, long now) {
        boolean fits = attempt.mediaBytes() + (more == null ? 0 : more.length()) <= limits.maxMediaBytes();
        if (!fits) {
            String why = "the media of the answer have more than " + limits.maxMediaBytes() + " bytes";
            runs.stop(attempt, Cause.FAILED, why, now);
        }
        return fits;
    }

    /** A sign of life without a piece: it loads a model, or it thinks. */
    public void alive(long run, long now) {
        Attempt attempt = runs.find(run);
        if (attempt != null) {
            attempt.activeMillis = now;
        }
    }

    public List<Effect> completed(long run, @Nullable String model, @Nullable Usage usage, long now) {
        Attempt attempt = runs.find(run);
        if (attempt == null) {
            return List.of();
        }
        attempt.cutText();
        attempt.endedMillis = now;
        runs.complete(attempt, attempt.completed(model, usage), now);
        return runs.takeEffects();
    }

    public List<Effect> failed(long run, Cause cause, String message, long now) {
        Attempt attempt = runs.find(run);
        if (attempt == null) {
            return List.of();
        }
        runs.fail(attempt, cause, message, now);
        boolean notAsAnnounced =
                switch (cause) {
                    case GONE, NO_MODEL, NEEDS_KEY, BUSY -> true;
                    case BAD_INPUT, FAILED, DEADLINE, CANCELLED, HANDED_BACK -> false;
                };
        if (notAsAnnounced) {
            runs.add(new Effect.Suspect());
        }
        return runs.takeEffects();
    }

    // What the host decides.

    /** The model server serves something else now; what runs goes on. */
    public List<Effect> serve(Serving now) {
        if (!intake.serving().equals(now)) {
            intake.serve(now);
            runs.add(new Effect.Announce());
        }
        return runs.takeEffects();
    }

    /**
     * An operator wants it to take nothing new, or to take work again. Unlike {@link #drain} this ends nothing: what runs has
     * all its time, and the worker stays. It is answered each time, since the answer before may be lost.
     */
    public List<Effect> setAside(boolean on) {
        intake.setAside(on);
        runs.add(new Effect.Announce());
        return runs.takeEffects();
    }

    /**
     * The owner of the host wants his machine: it takes nothing new, and what has not ended after {@code limitMillis} is
     * handed back. Said again, it only shortens the time.
     */
    public List<Effect> pause(long limitMillis, long now) {
        long deadline = now + limitMillis;
        pauseDeadlineMillis = paused ? Math.min(pauseDeadlineMillis, deadline) : deadline;
        if (!paused) {
            paused = true;
            rested = false;
            intake.pause(true);
            runs.add(new Effect.Announce());
        }
        restOn(now);
        return runs.takeEffects();
    }

    /** The owner lets it work again. */
    public List<Effect> unpause() {
        if (paused) {
            paused = false;
            intake.pause(false);
            runs.add(new Effect.Announce());
        }
        return runs.takeEffects();
    }

    /** True if it is paused and nothing runs any more. */
    public boolean isResting() {
        return paused && rested;
    }

    private void restOn(long now) {
        if (!paused || rested) {
            return;
        }
        if (now >= pauseDeadlineMillis) {
            runs.all().forEach(each -> runs.stop(each, Cause.HANDED_BACK, "the owner wants the machine", now));
        }
        if (runs.count() == 0) {
            rested = true;
            runs.add(new Effect.Rested());
        }
    }

    /** Takes no more; what has not ended after {@code limitMillis} is handed back. */
    public List<Effect> drain(long limitMillis, long now) {
        long deadline = now + limitMillis;
        drainDeadlineMillis = draining ? Math.min(drainDeadlineMillis, deadline) : deadline;
        if (!draining) {
            draining = true;
            intake.close();
            runs.add(new Effect.Announce());
        }
        drainOn(now);
        return runs.takeEffects();
    }

    private void drainOn(long now) {
        if (!draining || drained) {
            return;
        }
        if (now >= drainDeadlineMillis) {
            runs.all().forEach(each -> runs.stop(each, Cause.HANDED_BACK, "the worker leaves", now));
        }
        if (runs.count() == 0) {
            drained = true;
            runs.flush(load(), now);
            runs.add(new Effect.Drained());
        }
    }

    // Time.

    /** To be called every 100 ms or so. */
    public List<Effect> tick(long now) {
        long gap = wakefulness.tick(now);
        if (gap > 0) {
            runs.add(new Effect.Overslept(gap));
            gateways.forgive(gap);
            runs.all().forEach(each -> each.forgive(gap));
        }
        runs.all().forEach(each -> check(each, now));
        replay.dropExpired(now);
        gateways.forgetTheSilent(now);
        restOn(now);
        drainOn(now);
        return runs.takeEffects();
    }

    private void check(Attempt attempt, long now) {
        long silence = attempt.heard ? limits.nextChunkMillis() : limits.firstChunkMillis();
        boolean unwanted =
                !attempt.isDetached() && gateways.goneForMillis(attempt.gateway, now) >= limits.gatewayGraceMillis();
        if (now >= attempt.deadlineMillis) {
            runs.stop(attempt, Cause.DEADLINE, "it took longer than it may", now);
        } else if (unwanted) {
            runs.stop(attempt, Cause.CANCELLED, "its gateway is gone and nobody asked for it again", now);
        } else if (attempt.paused && now - attempt.takenMillis > limits.stallMillis()) {
            String why = "its answer was not taken for " + limits.stallMillis() / 1000 + " s";
            runs.stop(attempt, Cause.CANCELLED, why, now);
        } else if (!attempt.paused && now - attempt.activeMillis > silence) {
            String why = "the model server hung: silent for " + silence / 1000 + " s";
            runs.stop(attempt, Cause.FAILED, why, now);
        } else {
            runs.pump(attempt, now);
        }
    }

    /** Makes pieces of the text of this turn, and tells the dispatchers of what happened in it. */
    public List<Effect> flush(long now) {
        runs.flush(load(), now);
        restOn(now);
        drainOn(now);
        return runs.takeEffects();
    }
}
