// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One open intent. Owns its retries, its deadline, and the law of the house: exactly one terminal message.
 *
 * <p>{@link Phase} draws the states. The session never trusts the bus to deliver: a placement without a sign is sent
 * again, a dispatcher that falls silent is asked anew, a gap in the pieces is asked for, and a worker that says nothing
 * is probed with the same {@code Resume} that a new gateway would send. All of these are harmless to repeat.
 *
 * <p>Only the worker that holds the current attempt is believed. Whoever else sends is told to stop.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds, never going back).
 */
final class IntentSession {

    private static final long ASK_AGAIN_MILLIS = 300;

    private final Intent intent;
    private final Surroundings around;
    private final long openedAt;
    private final long deadlineAt;
    private final Delivery delivery;
    private final StreamPosition position = new StreamPosition();
    private final Set<WorkerId> excluded = new LinkedHashSet<>();

    private Phase phase;
    private int attempt = 1;
    private int failures;
    private int handBacks;
    private boolean firstPieceSeen;
    private long gapAskedAt = Long.MIN_VALUE / 2;

    /** What every session of a gateway has around it. */
    record Surroundings(SessionConfig config, RealmPort realm, SessionObserver observer) {}

    IntentSession(Intent intent, boolean streamed, long ttlMillis, long now, Surroundings around) {
        this.intent = intent;
        this.around = around;
        this.openedAt = now;
        this.deadlineAt = now + ttlMillis;
        this.delivery = new Delivery(intent.key().guid(), streamed);
        this.phase = new Phase.Placing(now, now);
    }

    Intent intent() {
        return intent;
    }

    boolean isOver() {
        return phase instanceof Phase.Over;
    }

    /** True when nothing of it is needed any more: it is over and its client has been told, or never will be. */
    boolean isForgettable(long now) {
        return isOver()
                && (delivery.isSettled()
                        || delivery.lostFor(now) > around.config.lostReceiver().toMillis());
    }

    boolean isFor(Receiver receiver) {
        return delivery.isFor(receiver);
    }

    /** Starts it: asks the dispatcher for a worker. */
    void begin(Receiver receiver, long now) {
        delivery.attach(receiver);
        place(now);
    }

    /** Goes on with what another connection began: the worker is asked for what follows {@code seq}. */
    void resume(Receiver receiver, ClientMessage.Seen seen, long now) {
        delivery.attach(receiver);
        position.moveTo(seen.seq() + 1);
        phase = new Phase.Resuming(seen.workerId(), seen.attempt(), now, now);
        around.realm.resume(seen.workerId(), intent.key(), seen.seq());
    }

    /** The client is back on another connection, or says it again on this one; it has the pieces up to {@code seq}. */
    void attach(Receiver receiver, int seenSeq, long now) {
        int seq = delivery.attach(receiver) ? -1 : seenSeq;
        switch (phase) {
            case Phase.Running running -> {
                delivery.send(new ServerMessage.Accepted(
                        intent.key().guid(), running.worker(), delivery.model(), attempt, delivery.synthetic()));
                position.moveTo(Math.min(seq + 1, position.next()));
                delivery.mediaFrom(position.next());
                phase = running.asked(now);
                around.realm.resume(running.worker(), intent.key(), position.next() - 1);
            }
            case Phase.Resuming resuming -> position.moveTo(seq + 1);
            case Phase.Placing placing -> {}
            case Phase.Waiting waiting -> delivery.repeatQueued();
            case Phase.Over over -> delivery.repeatTerminal();
        }
    }

    /** The connection is gone; the client may come back. */
    void receiverLost(long now) {
        delivery.lose(now);
    }

    /** What was sent has left: credits may flow again. */
    void receiverReady() {
        if (phase instanceof Phase.Running running && position.isUncredited()) {
            giveCredit(running.worker());
        }
    }

    /** The user's own wish. */
    void cancel(long now) {
        end(ErrorCode.CANCELLED, "cancelled by the client", null, now);
    }

    /** The dispatcher that may have held it is gone. */
    void dispatcherLost(long now) {
        if (phase instanceof Phase.Placing || phase instanceof Phase.Waiting) {
            place(now);
        }
    }

    /** A worker is gone or said to be down. */
    void workerLost(WorkerId worker, String why, long now) {
        if (phase instanceof Phase.Running running && running.worker().equals(worker)) {
            workerFailed(worker, why, now);
        } else if (phase instanceof Phase.Resuming resuming && resuming.worker().equals(worker)) {
            startAnew("the worker that had it is gone", now);
        }
    }

    void receive(GatewayBound message, long now) {
        if (isOver()) {
            around.observer.dropped();
            return;
        }
        switch (message) {
            case GatewayBound.Waiting waiting -> onWaiting(waiting, now);
            case GatewayBound.Rejected rejected -> onRejected(rejected, now);
            case GatewayBound.Accepted accepted -> onAccepted(accepted, now);
            case GatewayBound.Piece piece -> onPiece(piece, now);
            case GatewayBound.Completed completed -> onCompleted(completed, now);
            case GatewayBound.Failed failed -> onFailed(failed, now);
            case GatewayBound.Alive alive -> onAlive(alive, now);
            case GatewayBound.UnknownIntent unknown -> onUnknown(unknown, now);
        }
    }

    private void onWaiting(GatewayBound.Waiting waiting, long now) {
        boolean placed = phase instanceof Phase.Placing || phase instanceof Phase.Waiting;
        if (placed && waiting.attempt() == attempt) {
            phase = new Phase.Waiting(now);
            delivery.queued(waiting.position(), waiting.etaMillis());
        }
    }

    private void onRejected(GatewayBound.Rejected rejected, long now) {
        boolean placed = phase instanceof Phase.Placing || phase instanceof Phase.Waiting;
        if (placed && rejected.attempt() == attempt) {
            end(rejected.code(), rejected.message(), rejected.retryAfterMillis(), now);
        }
    }

    private void onAccepted(GatewayBound.Accepted accepted, long now) {
        if (holds(accepted.worker(), accepted.attempt(), now)) {
            around.observer.accepted(intent.queryType(), accepted.dispatchMicros(), accepted.queueMillis());
            delivery.accepted(accepted, attempt);
        }
    }

    private void onPiece(GatewayBound.Piece piece, long now) {
        if (!holds(piece.worker(), piece.attempt(), now) || delivery.isLost()) {
            return;
        }
        switch (position.fit(piece)) {
            case NEXT -> {
                if (!firstPieceSeen) {
                    firstPieceSeen = true;
                    around.observer.firstPiece(intent.queryType(), now - openedAt);
                }
                phase = ((Phase.Running) phase).moved(now);
                position.pass(piece);
                delivery.piece(piece);
                if (position.isCreditDue(around.config) && !delivery.isCongested()) {
                    giveCredit(piece.worker());
                }
            }
            case REPEATED -> around.observer.dropped();
            case GAP -> askForGap(piece.worker(), now);
        }
    }

    private void onCompleted(GatewayBound.Completed completed, long now) {
        if (!holds(completed.worker(), completed.attempt(), now) || delivery.isLost()) {
            return;
        }
        if (position.next() < completed.pieces()) {
            askForGap(completed.worker(), now);
            return;
        }
        phase = new Phase.Over();
        delivery.completed(completed);
        around.observer.ended(intent.queryType(), null, now - openedAt);
    }

    /** The probe's answer comes after all that the worker had sent: what is missing now has been lost. */
    private void onAlive(GatewayBound.Alive alive, long now) {
        boolean ours = holds(alive.worker(), alive.attempt(), now);
        boolean missing = alive.ended() || alive.pieces() > position.next();
        if (ours && missing && !delivery.isLost() && !delivery.isCongested()) {
            askForGap(alive.worker(), now);
        }
    }

    private void onFailed(GatewayBound.Failed failed, long now) {
        if (!holds(failed.worker(), failed.attempt(), now)) {
            return;
        }
        switch (failed.cause()) {
            case BAD_INPUT -> end(ErrorCode.WORKER_ERROR, failed.message(), null, now);
            case DEADLINE -> end(ErrorCode.DEADLINE, failed.message(), null, now);
            case BUSY, HANDED_BACK -> {
                handBacks++;
                dispatchAgain(failed.worker(), ErrorCode.WORKER_LOST, failed.message(), now);
            }
            case NO_MODEL, NEEDS_KEY, FAILED, GONE, CANCELLED -> {
                failures++;
                dispatchAgain(failed.worker(), ErrorCode.WORKER_ERROR, failed.message(), now);
            }
        }
    }

    private void onUnknown(GatewayBound.UnknownIntent unknown, long now) {
        if (phase instanceof Phase.Running running && running.worker().equals(unknown.worker())) {
            workerFailed(unknown.worker(), "the worker has lost it", now);
        } else if (phase instanceof Phase.Resuming resuming && resuming.worker().equals(unknown.worker())) {
            startAnew("the worker that had it knows nothing of it any more", now);
        }
    }

    /**
     * True if this worker holds the current attempt, which is noted. A worker whose sign comes first holds it; one that
     * comes second is told to stop.
     */
    private boolean holds(WorkerId worker, int itsAttempt, long now) {
        if (phase instanceof Phase.Running running && running.worker().equals(worker) && itsAttempt == attempt) {
            phase = running.heard(now);
            return true;
        }
        if (phase instanceof Phase.Resuming resuming && resuming.worker().equals(worker)) {
            attempt = itsAttempt;
            phase = Phase.Running.accepted(worker, now);
            return isSameStream(resuming, now);
        }
        boolean placed = phase instanceof Phase.Placing || phase instanceof Phase.Waiting;
        if (placed && itsAttempt == attempt) {
            phase = Phase.Running.accepted(worker, now);
            return true;
        }
        around.observer.dropped();
        around.realm.cancel(worker, intent.key(), itsAttempt);
        return false;
    }

    /** False if the worker has begun another attempt since the client saw its last piece: then all of it is sent. */
    private boolean isSameStream(Phase.Resuming resuming, long now) {
        if (resuming.attempt() == null || resuming.attempt() == attempt) {
            return true;
        }
        delivery.restart(attempt, "another attempt has begun meanwhile");
        position.moveTo(0);
        askForGap(resuming.worker(), now);
        return false;
    }

    void tick(long now) {
        if (isOver()) {
            return;
        }
        if (now >= deadlineAt) {
            end(ErrorCode.DEADLINE, "it took longer than " + (deadlineAt - openedAt) + " ms", null, now);
        } else if (delivery.lostFor(now) > patienceWithoutReceiver()) {
            end(ErrorCode.CANCELLED, "the client went away", null, now);
        } else {
            tickPhase(now);
        }
    }

    private void tickPhase(long now) {
        SessionConfig config = around.config;
        switch (phase) {
            case Phase.Placing placing -> {
                if (now - placing.sentAt() >= config.placeAgain().toMillis()) {
                    placeAgain(placing, now);
                }
            }
            case Phase.Waiting waiting -> {
                if (now - waiting.heardAt() >= config.waitingSilence().toMillis()) {
                    around.observer.dispatchedAgain("dispatcher-silent");
                    place(now);
                }
            }
            case Phase.Running running -> watch(running, now);
            case Phase.Resuming resuming -> {
                if (now - resuming.since() >= config.resumePatience().toMillis()) {
                    startAnew("the worker that had it does not answer", now);
                } else if (now - resuming.sentAt() >= ASK_AGAIN_MILLIS) {
                    phase = resuming.sentAgain(now);
                    around.realm.resume(resuming.worker(), intent.key(), position.next() - 1);
                }
            }
            case Phase.Over over -> {}
        }
    }

    private void placeAgain(Phase.Placing placing, long now) {
        phase = new Phase.Placing(placing.since(), now);
        if (!sendPlacement(now)
                && now - placing.since() >= around.config.noDispatcher().toMillis()) {
            end(ErrorCode.UNAVAILABLE, "no dispatcher is there to place it", null, now);
        }
    }

    private void watch(Phase.Running running, long now) {
        SessionConfig config = around.config;
        long patience = (position.next() == 0 ? config.firstProgress() : config.progress()).toMillis();
        if (now - running.heardAt() >= config.workerSilence().toMillis()) {
            workerFailed(running.worker(), "the worker fell silent", now);
        } else if (now - running.movedAt() >= patience && !delivery.isLost() && !delivery.isCongested()) {
            workerFailed(running.worker(), "the worker made no progress", now);
        } else if (now - Math.max(running.heardAt(), running.askedAt())
                >= config.probeAfter().toMillis()) {
            phase = running.asked(now);
            around.realm.probe(running.worker(), intent.key());
        }
    }

    private long patienceWithoutReceiver() {
        return (intent.detach() ? around.config.maxDetached() : around.config.lostReceiver()).toMillis();
    }

    private void place(long now) {
        phase = new Phase.Placing(now, now);
        sendPlacement(now);
    }

    private boolean sendPlacement(long now) {
        long ttl = Math.max(1, deadlineAt - now);
        return around.realm.place(intent, attempt, List.copyOf(excluded), ttl);
    }

    private void askForGap(WorkerId worker, long now) {
        if (now - gapAskedAt >= ASK_AGAIN_MILLIS) {
            gapAskedAt = now;
            around.realm.resume(worker, intent.key(), position.next() - 1);
        }
    }

    private void giveCredit(WorkerId worker) {
        around.realm.credit(worker, intent.key(), attempt, position.credit());
    }

    private void workerFailed(WorkerId worker, String why, long now) {
        failures++;
        dispatchAgain(worker, ErrorCode.WORKER_LOST, why, now);
    }

    private void dispatchAgain(WorkerId from, ErrorCode ifLast, String why, long now) {
        around.realm.cancel(from, intent.key(), attempt);
        excluded.add(from);
        if (failures >= around.config.maxAttempts() || handBacks > around.config.maxHandBacks()) {
            end(ifLast, why, null, now);
            return;
        }
        around.observer.dispatchedAgain(ifLast == ErrorCode.WORKER_LOST ? "worker-lost" : "worker-failed");
        startAnew(why, now);
    }

    /** Another attempt, visibly if something of the last one was shown. */
    private void startAnew(String why, long now) {
        attempt++;
        if (position.next() > 0) {
            delivery.restart(attempt, why);
        }
        position.moveTo(0);
        place(now);
    }

    private void end(ErrorCode code, String message, @Nullable Long retryAfterMillis, long now) {
        if (isOver()) {
            return;
        }
        switch (phase) {
            case Phase.Running running -> around.realm.cancel(running.worker(), intent.key(), attempt);
            case Phase.Resuming resuming -> around.realm.cancel(resuming.worker(), intent.key(), Integer.MAX_VALUE);
            case Phase.Placing placing -> around.realm.withdraw(intent.key());
            case Phase.Waiting waiting -> around.realm.withdraw(intent.key());
            case Phase.Over over -> {}
        }
        phase = new Phase.Over();
        IntentId guid = intent.key().guid();
        delivery.failed(new ServerMessage.Failure(guid, code, message, code.retryable(), retryAfterMillis));
        around.observer.ended(intent.queryType(), code, now - openedAt);
    }
}
