// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * One open intent. Owns its retries, its deadline, and the law of the house: exactly one terminal message.
 *
 * <p>{@link Phase} draws the states, {@link Course} makes the moves; here is what each input means in each state. The
 * session never trusts the bus to deliver: a placement without a sign is sent again, a silent dispatcher is asked anew,
 * a gap in the pieces is asked for, a silent worker is probed: all harmless to repeat.
 *
 * <p>Only the worker that holds the current attempt is believed. Whoever else sends is told to stop.
 *
 * <p>While the client is away everything goes on, credits included, only that nothing is sent; when it is back, the
 * worker is asked for what the client says it lacks. A streamed answer that ends meanwhile is kept for it. It may as
 * well come back at another gateway, and then this one must neither end nor place again what that one serves.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds, never going back).
 */
final class IntentSession {

    private final Intent intent;
    private final Surroundings around;
    private final Delivery delivery;
    private final Course course;
    private final Patience patience;

    private boolean firstPieceSeen;

    IntentSession(Intent intent, boolean streamed, long ttlMillis, long now, Surroundings around) {
        this.intent = intent;
        this.around = around;
        this.delivery = new Delivery(intent.key().guid(), streamed);
        this.course = new Course(intent, delivery, around, now, ttlMillis);
        this.patience = new Patience(around.config());
    }

    Intent intent() {
        return intent;
    }

    Course course() {
        return course;
    }

    boolean isOver() {
        return course.phase() instanceof Phase.Over;
    }

    /** True when nothing of it is needed any more: it is over and its client has been told, or never will be. */
    boolean isForgettable(long now) {
        return course.phase() instanceof Phase.Over over
                && (delivery.isSettled() || patience.isOver(Math.min(delivery.lostFor(now), now - over.since())));
    }

    Delivery delivery() {
        return delivery;
    }

    // ---- the client

    /** Starts it: asks the dispatcher for a worker. */
    void begin(Receiver receiver, long now) {
        delivery.attach(receiver);
        course.place(now);
    }

    /** Goes on with what another connection began: the worker is asked for what follows {@code seen}. */
    void resume(Receiver receiver, ClientMessage.Seen seen, long now) {
        delivery.attach(receiver);
        follow(seen, now);
    }

    private void follow(ClientMessage.Seen seen, long now) {
        course.follow(seen.workerId(), seen.attempt(), delivery.isStreamed() ? seen.seq() + 1 : 0, now);
    }

    /** The client is back on another connection; {@code seen} is what it says it has, null if nothing. */
    void attach(Receiver receiver, ClientMessage.@Nullable Seen seen, long now) {
        delivery.attach(receiver);
        if (isOver()) {
            delivery.repeatTerminal();
        } else if (seen != null && isAhead(seen)) {
            course.stopWhoeverHasIt();
            follow(seen, now);
        } else {
            attachHere(delivery.piecesOf(seen, attempt()), now);
        }
    }

    /** True if the client has been further meanwhile, with another worker at another gateway. */
    private boolean isAhead(ClientMessage.Seen seen) {
        Integer itsAttempt = seen.attempt();
        return itsAttempt != null
                && (itsAttempt > attempt()
                        || (itsAttempt == attempt() && !course.phase().isWith(seen.workerId())));
    }

    private void attachHere(int pieces, long now) {
        switch (course.phase()) {
            case Phase.Running running -> {
                delivery.name(running.worker(), attempt());
                course.stream().moveTo(pieces);
                if (!course.completeIfAllIsThere(now)) {
                    course.claim(now);
                    course.go(Phase.Running.accepted(running.worker(), now));
                    course.stream().resume(running.worker());
                }
            }
            case Phase.Resuming resuming -> {
                course.stream().moveTo(pieces);
                receiverHeard(now);
            }
            case Phase.Waiting waiting -> delivery.repeatQueued();
            case Phase.Placing placing -> course.place(now);
            case Phase.Held held -> {}
            case Phase.Over over -> {}
        }
    }

    /** The connection is gone; the client may come back. */
    void receiverLost(long now) {
        delivery.lose(now);
        if (course.phase() instanceof Phase.Resuming resuming && resuming.isLeft(now)) {
            course.abandon(now);
        }
    }

    /** The client is there, where it seemed to have gone elsewhere: whoever made it seem so was late. */
    void receiverHeard(long now) {
        course.resumeNow(now);
    }

    /** What was sent has left: credits may flow again, and what stood still did so because of the client. */
    void receiverReady(long now) {
        if (course.phase() instanceof Phase.Running running) {
            course.go(running.moved(now));
            course.stream().creditWhatIsOwed(running.worker(), attempt());
        }
    }

    /** The user's own wish. */
    void cancel(long now) {
        course.end(ErrorCode.CANCELLED, "cancelled by the client", null, now);
    }

    // ---- the realm

    /** The dispatcher that may have held it is gone. */
    void dispatcherLost(long now) {
        switch (course.phase()) {
            case Phase.Placing placing -> course.placeAgain(placing, now);
            case Phase.Waiting waiting -> course.place(now);
            default -> {}
        }
    }

    /** Another dispatcher places intents now; the one before is still there, and would go on with a line of its own. */
    void dispatcherSuperseded(DispatcherId before, long now) {
        if (course.phase().isPlacement()) {
            around.realm().withdraw(before, intent.key());
        }
        dispatcherLost(now);
    }

    /** A worker is gone, or said to be down, or lives and knows nothing of it. */
    void workerLost(WorkerId worker, boolean died, String why, long now) {
        if (course.phase().isWith(worker)) {
            course.workerLost(worker, died, why, now);
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
                workerLost(unknown.worker(), false, "the worker knows nothing of it any more", now);
            case GatewayBound.Moved moved -> onMoved(moved, now);
        }
    }

    /** True if a dispatcher has been asked and has said nothing yet; what a lost client wants is not placed. */
    boolean awaitsPlacement() {
        return course.phase() instanceof Phase.Placing && !delivery.isLost();
    }

    private int attempt() {
        return course.attempts().current();
    }

    private void onWaiting(GatewayBound.Waiting waiting, long now) {
        if (course.phase().isPlacement() && waiting.attempt() == attempt()) {
            course.go(new Phase.Waiting(now));
            delivery.queued(waiting.position(), waiting.etaMillis(), now);
        }
    }

    private void onRejected(GatewayBound.Rejected rejected, long now) {
        if (course.phase().isPlacement() && rejected.attempt() == attempt()) {
            course.end(rejected.code(), rejected.message(), rejected.retryAfterMillis(), now);
        }
    }

    private void onAccepted(GatewayBound.Accepted accepted, long now) {
        if (holds(accepted, now) && delivery.accepted(accepted)) {
            around.observer().accepted(intent.queryType(), accepted.dispatchMicros(), accepted.queueMillis());
        }
    }

    private void onPiece(GatewayBound.Piece piece, long now) {
        if (!holds(piece, now)) {
            return;
        }
        switch (course.stream().take(piece, now)) {
            case NEXT -> {
                course.go(((Phase.Running) course.phase()).moved(now));
                if (piece instanceof GatewayBound.MediaPart part) {
                    around.listener().heard(intent, part);
                }
                if (!firstPieceSeen) {
                    firstPieceSeen = true;
                    around.observer().firstPiece(intent.queryType(), course.age(now));
                }
                course.completeIfAllIsThere(now);
            }
            case REPEATED -> around.observer().dropped();
            case GAP -> {}
        }
    }

    private void onCompleted(GatewayBound.Completed completed, long now) {
        if (!holds(completed, now)) {
            return;
        }
        if (course.stream().next() < completed.pieces()) {
            course.stream().askForMissing(completed.worker(), now);
        } else if (delivery.isStreamed() && delivery.isLost()) {
            course.keepForClient(completed);
        } else {
            course.complete(completed, now);
        }
    }

    /** The probe's answer comes after all that the worker had sent: what is missing now has been lost. */
    private void onAlive(GatewayBound.Alive alive, long now) {
        boolean ours = holds(alive, now);
        boolean missing = alive.ended() || alive.pieces() > course.stream().next();
        if (ours && missing && !delivery.isCongested()) {
            course.stream().askForMissing(alive.worker(), now);
        }
    }

    private void onFailed(GatewayBound.Failed failed, long now) {
        WorkerId worker = failed.worker();
        if (!holds(failed, now)) {
            return;
        }
        switch (failed.cause()) {
            case BAD_INPUT -> course.end(ErrorCode.WORKER_ERROR, failed.message(), null, now);
            case DEADLINE -> course.end(ErrorCode.DEADLINE, failed.message(), null, now);
            case BUSY, HANDED_BACK -> course.handedBack(worker, failed.message(), now);
            case CANCELLED -> course.cancelled(worker, failed.message(), now);
            case NO_MODEL, NEEDS_KEY, FAILED, GONE -> {
                course.attempts().failedAt(worker);
                course.dispatchAgain(worker, ErrorCode.WORKER_ERROR, "worker-failed", failed.message(), now);
            }
        }
    }

    /**
     * The client went on at another gateway, and it ends there; the connection here is dead, noticed or not. If it turns
     * out to live, the worker is asked again: a placement of the old gateway was late, or this is the new one and knows
     * nothing of the attempts of the old. What is said just after the client came was said before.
     */
    private void onMoved(GatewayBound.Moved moved, long now) {
        boolean turnedAway = course.phase().isPlacement();
        if (delivery.isLost() && (turnedAway || course.phase().isWith(moved.worker()))) {
            course.abandon(now);
        } else if (turnedAway || (course.isRunningAt(moved.worker()) && !course.isClaimed(now))) {
            course.leave(moved.worker(), now);
            delivery.challenge();
        }
    }

    /**
     * True if this worker holds the current attempt, which is noted. A worker whose sign comes first holds it; one that
     * comes second is told to stop.
     */
    private boolean holds(GatewayBound.FromWorker said, long now) {
        WorkerId worker = said.worker();
        int itsAttempt = said.attempt();
        Phase phase = course.phase();
        if (phase instanceof Phase.Running running && phase.isWith(worker) && itsAttempt == attempt()) {
            course.go(running.heard(now));
            return true;
        }
        if (phase instanceof Phase.Resuming resuming && phase.isWith(worker)) {
            return holdsResumed(resuming, itsAttempt, now);
        }
        boolean awaited = phase.isPlacement() && itsAttempt == attempt();
        if (awaited && (said.capability() == null || !said.capability().isOnlyForGoingOn())) {
            course.go(Phase.Running.accepted(worker, now));
            return true;
        }
        around.observer().dropped();
        if (!awaited) {
            around.realm().cancel(worker, intent.key(), itsAttempt);
        }
        return false;
    }

    /** False if the worker is at another attempt than the client: then all of a later one is sent, an earlier one is over. */
    private boolean holdsResumed(Phase.Resuming resuming, int itsAttempt, long now) {
        Integer seen = resuming.attempt();
        if (seen != null && itsAttempt < seen) {
            around.realm().cancel(resuming.worker(), intent.key(), itsAttempt);
            course.startAnew("the worker has an attempt that is over", now);
            return false;
        }
        course.moveTo(itsAttempt);
        course.go(Phase.Running.accepted(resuming.worker(), now));
        if (seen == null || seen == itsAttempt || course.stream().isAtStart()) {
            return true;
        }
        delivery.restart(itsAttempt, "another attempt has begun meanwhile");
        course.stream().moveTo(0);
        course.stream().resume(resuming.worker());
        return false;
    }

    /** It is its turn among those that are retried. */
    void goOn(long now) {
        course.goOn(now);
    }

    // ---- time

    void tick(long now) {
        if (isOver()) {
            return;
        }
        if (course.isTooLate(now)) {
            course.end(ErrorCode.DEADLINE, "it took longer than " + course.age(now) + " ms", null, now);
        } else if (delivery.lostFor(now) > patience.withoutClientMillis(intent)) {
            course.end(ErrorCode.CANCELLED, "the client went away", null, now);
        } else if (!delivery.isLost() || !course.hasEndedWhileAway()) {
            tickPhase(now);
        }
    }

    private void tickPhase(long now) {
        delivery.stillQueued(course.phase().unplacedMillis(now), now);
        boolean begun = course.stream().next() > 0;
        switch (patience.due(course.phase(), begun, delivery.isCongested(), now)) {
            case NOTHING -> {}
            case PLACE_AGAIN -> course.placeAgain((Phase.Placing) course.phase(), now);
            case PLACE_ANEW -> {
                around.observer().dispatchedAgain("dispatcher-silent");
                course.place(now);
            }
            case RESUME_AGAIN -> {
                course.go(((Phase.Resuming) course.phase()).sentAgain(now));
                course.stream().resume(worker());
            }
            case GIVE_UP_RESUME -> course.startAnew("the worker that had it does not answer", now);
            case PROBE -> {
                course.go(((Phase.Running) course.phase()).asked(now));
                around.realm().probe(worker(), intent.key());
            }
            case SILENT -> course.workerDied(worker(), "the worker fell silent", now);
            case NO_PROGRESS -> course.workerFailed(worker(), "the worker made no progress", now);
        }
    }

    private WorkerId worker() {
        return ((Phase.AtWorker) course.phase()).worker();
    }
}
