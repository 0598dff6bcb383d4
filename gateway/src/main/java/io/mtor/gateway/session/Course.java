// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.ErrorCode;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.WorkerId;
import org.jspecify.annotations.Nullable;

/** Where one intent is, and the moves it can make from there: to a dispatcher, to another worker, to its one end. */
final class Course {

    private static final long NOTHING_CAME = 1L << 60;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Intent intent;
    private final Surroundings around;
    private final Delivery delivery;
    private final AnswerStream stream;
    private final Attempts attempts;
    private final long openedAt;
    private final long deadlineAt;

    private Phase phase;
    private long claimedAt = NEVER;
    private GatewayBound.@Nullable Completed endedWhileAway;

    Course(Intent intent, Delivery delivery, Surroundings around, long now, long ttlMillis) {
        this.intent = intent;
        this.around = around;
        this.delivery = delivery;
        this.stream = new AnswerStream(intent.key(), delivery, around.realm(), around.config());
        this.attempts = new Attempts(around.config());
        this.openedAt = now;
        this.deadlineAt = now + ttlMillis;
        this.phase = new Phase.Placing(now, now);
    }

    Phase phase() {
        return phase;
    }

    boolean isRunningAt(WorkerId worker) {
        return phase instanceof Phase.Running && phase.isWith(worker);
    }

    void go(Phase next) {
        phase = next;
    }

    AnswerStream stream() {
        return stream;
    }

    Attempts attempts() {
        return attempts;
    }

    /** Milliseconds since it was opened. */
    long age(long now) {
        return now - openedAt;
    }

    /** True if the whole answer came while the client was away. */
    boolean hasEndedWhileAway() {
        return endedWhileAway != null;
    }

    void keepForClient(GatewayBound.Completed completed) {
        endedWhileAway = completed;
    }

    /** True if it has neither ended nor been kept when its time was over. */
    boolean isTooLate(long now) {
        return now >= deadlineAt && endedWhileAway == null;
    }

    void place(long now) {
        phase = new Phase.Placing(now, now);
        sendPlacement(now);
    }

    void placeAgain(Phase.Placing placing, long now) {
        phase = new Phase.Placing(placing.since(), now);
        boolean waitedEnough =
                now - placing.since() >= around.config().noDispatcher().toMillis();
        if (!sendPlacement(now) && waitedEnough) {
            end(ErrorCode.UNAVAILABLE, "no dispatcher is there to place it", null, now);
        }
    }

    /** A client that is away may be at another gateway, whose placement must not be overtaken by ours. */
    private boolean sendPlacement(long now) {
        if (delivery.isLost() && !intent.detach()) {
            return true;
        }
        long ttl = Math.max(1, deadlineAt - now);
        return around.realm().place(intent, attempts.current(), attempts.excluded(), ttl, age(now), attempts.isAlone());
    }

    /** It is at an attempt that others have counted; an end of another one is not its end. */
    void moveTo(int attempt) {
        if (attempt != attempts.current()) {
            endedWhileAway = null;
        }
        attempts.moveTo(attempt);
    }

    /** Leaves it to the worker that the client names, which goes on at the attempt that the client names. */
    void follow(WorkerId worker, @Nullable Integer attempt, int pieces, long now) {
        if (attempt != null) {
            attempts.moveTo(attempt);
        }
        claim(now);
        endedWhileAway = null;
        around.retries().giveBack(intent.key());
        stream.moveTo(pieces);
        phase = new Phase.Resuming(worker, attempt, now, now);
        stream.resume(worker);
    }

    /**
     * How likely it is that this worker died of it: more is likelier, and negative means not at all. An intent that kills
     * does so soon, so the one that was begun last and of which nothing has come is suspected first.
     */
    long suspicion(WorkerId worker) {
        if (!(phase instanceof Phase.Running running) || !phase.isWith(worker)) {
            return -1;
        }
        return stream.isAtStart() ? NOTHING_CAME + running.movedAt() : running.movedAt();
    }

    /** The worker that has or had it is gone, or lives and knows nothing of it. */
    void workerLost(WorkerId worker, boolean died, String why, long now) {
        if (!(phase instanceof Phase.Running)) {
            startAnew(why, now);
        } else if (died) {
            workerDied(worker, why, now);
        } else {
            workerFailed(worker, why, now);
        }
    }

    /** The client has shown that it is here. */
    void claim(long now) {
        claimedAt = now;
    }

    /** True if the client has just shown that it is here. */
    boolean isClaimed(long now) {
        return now - claimedAt < around.config().probeAfter().toMillis();
    }

    /** The client, which has been asked, seems to be elsewhere: the worker is left alone until it answers, or for long. */
    void leave(WorkerId worker, long now) {
        phase = Phase.Resuming.left(worker, attempts.current(), now);
    }

    /** The client is here: asks the worker that was left alone, if there is one. */
    void resumeNow(long now) {
        if (phase instanceof Phase.Resuming resuming && resuming.isLeft(now)) {
            claim(now);
            phase = resuming.begun(now);
            stream.resume(resuming.worker());
        }
    }

    /** The worker lives, but nothing comes of it there. */
    void workerFailed(WorkerId worker, String why, long now) {
        if (!isEndedAlready(now)) {
            attempts.failedAt(worker);
            dispatchAgain(worker, ErrorCode.WORKER_LOST, "worker-lost", why, now);
        }
    }

    /** The worker is gone, or seems to be. If nothing else could be why, or it is the third, there is no doubt. */
    void workerDied(WorkerId worker, String why, long now) {
        if (isEndedAlready(now)) {
            return;
        }
        boolean convicted = attempts.isAlone() && (stream.isAtStart() || !attempts.isFirstDeath());
        attempts.diedWith(worker, isSuspect());
        if (convicted) {
            around.realm().cancel(worker, intent.key(), attempts.current());
            end(ErrorCode.WORKER_ERROR, attempts.deaths() + " workers died of it, one after the other", null, now);
        } else if (attempts.isFirstDeath()) {
            if (giveUp(worker, ErrorCode.WORKER_LOST, "worker-lost", why, now)) {
                startAnew(why, now);
            }
        } else {
            dispatchAgain(worker, ErrorCode.WORKER_LOST, "worker-lost", why, now);
        }
    }

    /** What kills does so soon: an answer that had begun is suspected only when a second worker dies with it. */
    private boolean isSuspect() {
        return (stream.isAtStart() || attempts.hasKilled()) && around.retries().suspect(intent.key());
    }

    /** True if the worker has answered all; its pieces are gone with it, but the whole text may be here. */
    private boolean isEndedAlready(long now) {
        GatewayBound.Completed ended = endedWhileAway;
        if (ended == null || delivery.isLackingMedia()) {
            return false;
        }
        if (!delivery.isLost()) {
            complete(ended, now);
        }
        return true;
    }

    /** Unharmed: the worker does not do it, which says nothing of the intent. */
    void handedBack(WorkerId from, String why, long now) {
        attempts.handedBackBy(from);
        if (giveUp(from, ErrorCode.WORKER_LOST, "handed-back", why, now)) {
            startAnew(why, now);
        }
    }

    /**
     * Somebody else stopped it, which says nothing of the intent nor of the worker. If it was another gateway, since that
     * has the client, this one must not begin anew: the two would cancel each other's attempts until none is left. So it
     * does when the client has given a sign of life, and not before.
     */
    void cancelled(WorkerId at, String why, long now) {
        if (!isClaimed(now) && delivery.challenge()) {
            leave(at, now);
            return;
        }
        attempts.cancelled();
        if (giveUp(at, ErrorCode.WORKER_LOST, "cancelled", why, now)) {
            startAnew(why, now);
        }
    }

    /** After a failure: at once, or when it is its turn among all that are retried. */
    void dispatchAgain(WorkerId from, ErrorCode ifLast, String reason, String why, long now) {
        if (giveUp(from, ifLast, reason, why, now)) {
            prepareAnew(why);
            if (around.retries().take(intent.key(), around.open().getAsInt())) {
                place(now);
            } else {
                phase = new Phase.Held(now);
            }
        }
    }

    /** False if there is no further attempt, and it has ended. */
    private boolean giveUp(WorkerId from, ErrorCode ifLast, String reason, String why, long now) {
        around.retries().giveBack(intent.key());
        around.realm().cancel(from, intent.key(), attempts.current());
        if (attempts.isExhausted()) {
            end(ifLast, why, null, now);
            return false;
        }
        around.observer().dispatchedAgain(reason);
        return true;
    }

    /** It is its turn among those that are retried. */
    void goOn(long now) {
        if (phase instanceof Phase.Held) {
            place(now);
        } else {
            around.retries().giveBack(intent.key());
        }
    }

    /** Another attempt; the client is told if it was shown something of the last one. */
    void startAnew(String why, long now) {
        prepareAnew(why);
        place(now);
    }

    private void prepareAnew(String why) {
        attempts.next();
        endedWhileAway = null;
        if (!stream.isAtStart()) {
            delivery.restart(attempts.current(), why);
        }
        stream.moveTo(0);
    }

    /** Ends it if the answer ended while the client was away, and the client, back again, has every piece of it. */
    boolean completeIfAllIsThere(long now) {
        GatewayBound.Completed ended = endedWhileAway;
        if (ended == null || delivery.isLost() || stream.next() < ended.pieces()) {
            return false;
        }
        complete(ended, now);
        return true;
    }

    void complete(GatewayBound.Completed completed, long now) {
        over(now);
        delivery.completed(completed);
        around.observer().ended(intent.queryType(), null, age(now));
        around.listener().answered(intent, completed);
    }

    void end(ErrorCode code, String message, @Nullable Long retryAfterMillis, long now) {
        if (phase instanceof Phase.Over) {
            return;
        }
        stopWhoeverHasIt();
        over(now);
        delivery.failed(
                new ServerMessage.Failure(intent.key().guid(), code, message, code.retryable(), retryAfterMillis));
        around.observer().ended(intent.queryType(), code, age(now));
    }

    private void over(long now) {
        phase = new Phase.Over(now);
        around.retries().forget(intent.key());
    }

    /** It ends elsewhere: nothing is said here any more. */
    void abandon(long now) {
        over(now);
        delivery.abandon();
    }

    void stopWhoeverHasIt() {
        switch (phase) {
            case Phase.Running running -> around.realm().cancel(running.worker(), intent.key(), attempts.current());
            case Phase.Resuming resuming -> around.realm().cancelEverywhere(resuming.worker(), intent.key());
            case Phase.Placing placing -> around.realm().withdraw(intent.key());
            case Phase.Waiting waiting -> around.realm().withdraw(intent.key());
            case Phase.Held held -> {}
            case Phase.Over over -> {}
        }
    }
}
