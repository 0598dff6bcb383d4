// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * One open intent. Owns its retries, its deadline, and the law of the house: exactly one terminal message.
 *
 * <p>{@link Phase} draws the states. The session never trusts the bus to deliver: a placement without a sign is sent
 * again, a silent dispatcher is asked anew, a gap in the pieces is asked for, a silent worker is probed: all harmless
 * to repeat.
 *
 * <p>Only the worker that holds the current attempt is believed. Whoever else sends is told to stop.
 *
 * <p>While the client is away everything goes on, credits included, only that nothing is sent; when it is back, the
 * worker is asked for what the client says it lacks. A streamed answer that ends meanwhile is kept for it.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds, never going back).
 */
final class IntentSession {

    private final Intent intent;
    private final Surroundings around;
    private final long openedAt;
    private final long deadlineAt;
    private final Delivery delivery;
    private final AnswerStream stream;
    private final Attempts attempts;
    private final Patience patience;

    private Phase phase;
    private GatewayBound.@Nullable Completed endedWhileAway;
    private boolean firstPieceSeen;

    /** What every session of a gateway has around it. */
    record Surroundings(SessionConfig config, RealmPort realm, SessionObserver observer) {}

    IntentSession(Intent intent, boolean streamed, long ttlMillis, long now, Surroundings around) {
        this.intent = intent;
        this.around = around;
        this.openedAt = now;
        this.deadlineAt = now + ttlMillis;
        this.delivery = new Delivery(intent.key().guid(), streamed);
        this.stream = new AnswerStream(intent.key(), delivery, around.realm, around.config);
        this.attempts = new Attempts(around.config);
        this.patience = new Patience(around.config);
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
        return phase instanceof Phase.Over over
                && (delivery.isSettled() || patience.isOver(Math.min(delivery.lostFor(now), now - over.since())));
    }

    boolean isFor(Receiver receiver) {
        return delivery.isFor(receiver);
    }

    /** Starts it: asks the dispatcher for a worker. */
    void begin(Receiver receiver, long now) {
        delivery.attach(receiver);
        place(now);
    }

    /** Goes on with what another connection began: the worker is asked for what follows {@code seen}. */
    void resume(Receiver receiver, ClientMessage.Seen seen, long now) {
        delivery.attach(receiver);
        if (seen.attempt() != null) {
            attempts.moveTo(seen.attempt());
        }
        stream.moveTo(delivery.isStreamed() ? seen.seq() + 1 : 0);
        phase = new Phase.Resuming(seen.workerId(), seen.attempt(), now, now);
        stream.resume(seen.workerId());
    }

    /** The client is back on another connection; {@code seen} is what it says it has, null if nothing. */
    void attach(Receiver receiver, ClientMessage.@Nullable Seen seen, long now) {
        boolean toldRestart = delivery.attach(receiver);
        switch (phase) {
            case Phase.Running running ->
                attachTo(running, toldRestart ? 0 : delivery.piecesOf(seen, attempts.current()), now);
            case Phase.Resuming resuming -> {
                ClientMessage.Seen known = delivery.isStreamed() ? seen : null;
                phase = resuming.seen(known == null ? null : known.attempt());
                stream.moveTo(known == null ? 0 : known.seq() + 1);
            }
            case Phase.Placing placing -> {}
            case Phase.Waiting waiting -> delivery.repeatQueued();
            case Phase.Over over -> delivery.repeatTerminal();
        }
    }

    private void attachTo(Phase.Running running, int pieces, long now) {
        delivery.repeatAccepted(running.worker(), attempts.current());
        GatewayBound.Completed ended = endedWhileAway;
        if (ended != null && pieces >= ended.pieces()) {
            complete(ended, now);
            return;
        }
        stream.moveTo(Math.min(pieces, stream.next()));
        phase = Phase.Running.accepted(running.worker(), now);
        stream.resume(running.worker());
    }

    /** The connection is gone; the client may come back. */
    void receiverLost(long now) {
        delivery.lose(now);
    }

    /** What was sent has left: credits may flow again, and what stood still did so because of the client. */
    void receiverReady(long now) {
        if (phase instanceof Phase.Running running) {
            phase = running.moved(now);
            stream.creditWhatIsOwed(running.worker(), attempts.current());
        }
    }

    /** The user's own wish. */
    void cancel(long now) {
        end(ErrorCode.CANCELLED, "cancelled by the client", null, now);
    }

    /** The dispatcher that may have held it is gone. */
    void dispatcherLost(long now) {
        if (phase.isPlacement()) {
            place(now);
        }
    }

    /** A worker is gone or said to be down. */
    void workerLost(WorkerId worker, String why, long now) {
        if (phase.isWith(worker) && phase instanceof Phase.Running) {
            workerFailed(worker, why, now);
        } else if (phase.isWith(worker)) {
            startAnew(why, now);
        }
    }

    /** Takes what came over the bus; not to be called once it is over. */
    void receive(GatewayBound message, long now) {
        switch (message) {
            case GatewayBound.Waiting waiting -> onWaiting(waiting, now);
            case GatewayBound.Rejected rejected -> onRejected(rejected, now);
            case GatewayBound.Accepted accepted -> onAccepted(accepted, now);
            case GatewayBound.Piece piece -> onPiece(piece, now);
            case GatewayBound.Completed completed -> onCompleted(completed, now);
            case GatewayBound.Failed failed -> onFailed(failed, now);
            case GatewayBound.Alive alive -> onAlive(alive, now);
            case GatewayBound.UnknownIntent unknown ->
                workerLost(unknown.worker(), "the worker knows nothing of it any more", now);
            case GatewayBound.Moved moved -> onMoved(moved, now);
        }
    }

    private void onWaiting(GatewayBound.Waiting waiting, long now) {
        if (phase.isPlacement() && waiting.attempt() == attempts.current()) {
            phase = new Phase.Waiting(now);
            delivery.queued(waiting.position(), waiting.etaMillis());
        }
    }

    private void onRejected(GatewayBound.Rejected rejected, long now) {
        if (phase.isPlacement() && rejected.attempt() == attempts.current()) {
            end(rejected.code(), rejected.message(), rejected.retryAfterMillis(), now);
        }
    }

    private void onAccepted(GatewayBound.Accepted accepted, long now) {
        if (holds(accepted.worker(), accepted.attempt(), now) && delivery.accepted(accepted)) {
            around.observer.accepted(intent.queryType(), accepted.dispatchMicros(), accepted.queueMillis());
        }
    }

    private void onPiece(GatewayBound.Piece piece, long now) {
        if (!holds(piece.worker(), piece.attempt(), now)) {
            return;
        }
        switch (stream.take(piece, now)) {
            case NEXT -> {
                phase = ((Phase.Running) phase).moved(now);
                if (!firstPieceSeen) {
                    firstPieceSeen = true;
                    around.observer.firstPiece(intent.queryType(), now - openedAt);
                }
            }
            case REPEATED -> around.observer.dropped();
            case GAP -> {}
        }
    }

    private void onCompleted(GatewayBound.Completed completed, long now) {
        if (!holds(completed.worker(), completed.attempt(), now)) {
            return;
        }
        if (stream.next() < completed.pieces()) {
            stream.askForMissing(completed.worker(), now);
        } else if (delivery.isStreamed() && delivery.isLost()) {
            endedWhileAway = completed;
        } else {
            complete(completed, now);
        }
    }

    private void complete(GatewayBound.Completed completed, long now) {
        phase = new Phase.Over(now);
        delivery.completed(completed);
        around.observer.ended(intent.queryType(), null, now - openedAt);
    }

    /** The probe's answer comes after all that the worker had sent: what is missing now has been lost. */
    private void onAlive(GatewayBound.Alive alive, long now) {
        boolean ours = holds(alive.worker(), alive.attempt(), now);
        boolean missing = alive.ended() || alive.pieces() > stream.next();
        if (ours && missing && !delivery.isCongested()) {
            stream.askForMissing(alive.worker(), now);
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
                attempts.handedBackBy(failed.worker());
                dispatchAgain(failed.worker(), ErrorCode.WORKER_LOST, "handed-back", failed.message(), now);
            }
            case NO_MODEL, NEEDS_KEY, FAILED, GONE, CANCELLED -> {
                attempts.failedAt(failed.worker());
                dispatchAgain(failed.worker(), ErrorCode.WORKER_ERROR, "worker-failed", failed.message(), now);
            }
        }
    }

    /** The client went on at another gateway: it ends there. */
    private void onMoved(GatewayBound.Moved moved, long now) {
        if (phase.isWith(moved.worker())) {
            phase = new Phase.Over(now);
            delivery.abandon();
        }
    }

    /**
     * True if this worker holds the current attempt, which is noted. A worker whose sign comes first holds it; one that
     * comes second is told to stop.
     */
    private boolean holds(WorkerId worker, int itsAttempt, long now) {
        if (phase instanceof Phase.Running running
                && running.worker().equals(worker)
                && itsAttempt == attempts.current()) {
            phase = running.heard(now);
            return true;
        }
        if (phase instanceof Phase.Resuming resuming && resuming.worker().equals(worker)) {
            attempts.moveTo(itsAttempt);
            phase = Phase.Running.accepted(worker, now);
            return isSameStream(resuming);
        }
        if (phase.isPlacement() && itsAttempt == attempts.current()) {
            phase = Phase.Running.accepted(worker, now);
            return true;
        }
        around.observer.dropped();
        around.realm.cancel(worker, intent.key(), itsAttempt);
        return false;
    }

    /** False if the worker has begun another attempt since the client saw its last piece: then all of it is sent. */
    private boolean isSameStream(Phase.Resuming resuming) {
        if (resuming.attempt() == null || resuming.attempt() == attempts.current()) {
            return true;
        }
        delivery.restart(attempts.current(), "another attempt has begun meanwhile");
        stream.moveTo(0);
        stream.resume(resuming.worker());
        return false;
    }

    void tick(long now) {
        if (isOver()) {
            return;
        }
        if (now >= deadlineAt && endedWhileAway == null) {
            end(ErrorCode.DEADLINE, "it took longer than " + (deadlineAt - openedAt) + " ms", null, now);
        } else if (delivery.lostFor(now) > patience.withoutClientMillis(intent)) {
            end(ErrorCode.CANCELLED, "the client went away", null, now);
        } else if (!delivery.isLost() || endedWhileAway == null) {
            tickPhase(now);
        }
    }

    private void tickPhase(long now) {
        switch (patience.due(phase, stream.next() > 0, delivery.isCongested(), now)) {
            case NOTHING -> {}
            case PLACE_AGAIN -> placeAgain((Phase.Placing) phase, now);
            case PLACE_ANEW -> {
                around.observer.dispatchedAgain("dispatcher-silent");
                place(now);
            }
            case RESUME_AGAIN -> {
                phase = ((Phase.Resuming) phase).sentAgain(now);
                stream.resume(worker());
            }
            case GIVE_UP_RESUME -> startAnew("the worker that had it does not answer", now);
            case PROBE -> {
                phase = ((Phase.Running) phase).asked(now);
                around.realm.probe(worker(), intent.key());
            }
            case SILENT -> workerFailed(worker(), "the worker fell silent", now);
            case NO_PROGRESS -> workerFailed(worker(), "the worker made no progress", now);
        }
    }

    private WorkerId worker() {
        return ((Phase.AtWorker) phase).worker();
    }

    private void placeAgain(Phase.Placing placing, long now) {
        phase = new Phase.Placing(placing.since(), now);
        if (!sendPlacement(now)
                && now - placing.since() >= around.config.noDispatcher().toMillis()) {
            end(ErrorCode.UNAVAILABLE, "no dispatcher is there to place it", null, now);
        }
    }

    private void place(long now) {
        phase = new Phase.Placing(now, now);
        sendPlacement(now);
    }

    private boolean sendPlacement(long now) {
        long ttl = Math.max(1, deadlineAt - now);
        return around.realm.place(intent, attempts.current(), attempts.excluded(), ttl);
    }

    private void workerFailed(WorkerId worker, String why, long now) {
        GatewayBound.Completed ended = endedWhileAway;
        if (ended == null || delivery.isLackingMedia()) {
            attempts.failedAt(worker);
            dispatchAgain(worker, ErrorCode.WORKER_LOST, "worker-lost", why, now);
        } else if (!delivery.isLost()) {
            // The pieces are gone with the worker, but the whole text is here.
            complete(ended, now);
        }
    }

    private void dispatchAgain(WorkerId from, ErrorCode ifLast, String reason, String why, long now) {
        around.realm.cancel(from, intent.key(), attempts.current());
        if (attempts.isExhausted()) {
            end(ifLast, why, null, now);
            return;
        }
        around.observer.dispatchedAgain(reason);
        startAnew(why, now);
    }

    /** Another attempt; the client is told if it was shown something of the last one. */
    private void startAnew(String why, long now) {
        attempts.next();
        endedWhileAway = null;
        if (!stream.isAtStart()) {
            delivery.restart(attempts.current(), why);
        }
        stream.moveTo(0);
        place(now);
    }

    private void end(ErrorCode code, String message, @Nullable Long retryAfterMillis, long now) {
        if (isOver()) {
            return;
        }
        switch (phase) {
            case Phase.Running running -> around.realm.cancel(running.worker(), intent.key(), attempts.current());
            case Phase.Resuming resuming -> around.realm.cancelEverywhere(resuming.worker(), intent.key());
            case Phase.Placing placing -> around.realm.withdraw(intent.key());
            case Phase.Waiting waiting -> around.realm.withdraw(intent.key());
            case Phase.Over over -> {}
        }
        phase = new Phase.Over(now);
        delivery.failed(
                new ServerMessage.Failure(intent.key().guid(), code, message, code.retryable(), retryAfterMillis));
        around.observer.ended(intent.queryType(), code, now - openedAt);
    }
}
