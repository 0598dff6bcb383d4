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

    private final Intent intent;
    private final IntentSession.Surroundings around;
    private final Delivery delivery;
    private final AnswerStream stream;
    private final Attempts attempts;
    private final long openedAt;
    private final long deadlineAt;

    private Phase phase;
    private GatewayBound.@Nullable Completed endedWhileAway;

    Course(Intent intent, Delivery delivery, IntentSession.Surroundings around, long now, long ttlMillis) {
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

    /** The whole answer, if it came while the client was away. */
    GatewayBound.@Nullable Completed endedWhileAway() {
        return endedWhileAway;
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
        return around.realm().place(intent, attempts.current(), attempts.excluded(), ttl, age(now));
    }

    /** Leaves it to the worker that the client names, which goes on at the attempt that the client names. */
    void follow(WorkerId worker, @Nullable Integer attempt, int pieces, long now) {
        if (attempt != null) {
            attempts.moveTo(attempt);
        }
        endedWhileAway = null;
        stream.moveTo(pieces);
        phase = new Phase.Resuming(worker, attempt, now, now);
        stream.resume(worker);
    }

    void workerFailed(WorkerId worker, String why, long now) {
        GatewayBound.Completed ended = endedWhileAway;
        if (ended == null || delivery.isLackingMedia()) {
            attempts.failedAt(worker);
            dispatchAgain(worker, ErrorCode.WORKER_LOST, "worker-lost", why, now);
        } else if (!delivery.isLost()) {
            // The pieces are gone with the worker, but the whole text is here.
            complete(ended, now);
        }
    }

    void dispatchAgain(WorkerId from, ErrorCode ifLast, String reason, String why, long now) {
        around.realm().cancel(from, intent.key(), attempts.current());
        if (attempts.isExhausted()) {
            end(ifLast, why, null, now);
            return;
        }
        around.observer().dispatchedAgain(reason);
        startAnew(why, now);
    }

    /** Another attempt; the client is told if it was shown something of the last one. */
    void startAnew(String why, long now) {
        attempts.next();
        endedWhileAway = null;
        if (!stream.isAtStart()) {
            delivery.restart(attempts.current(), why);
        }
        stream.moveTo(0);
        place(now);
    }

    void complete(GatewayBound.Completed completed, long now) {
        phase = new Phase.Over(now);
        delivery.completed(completed);
        around.observer().ended(intent.queryType(), null, age(now));
    }

    void end(ErrorCode code, String message, @Nullable Long retryAfterMillis, long now) {
        if (phase instanceof Phase.Over) {
            return;
        }
        stopWhoeverHasIt();
        phase = new Phase.Over(now);
        delivery.failed(
                new ServerMessage.Failure(intent.key().guid(), code, message, code.retryable(), retryAfterMillis));
        around.observer().ended(intent.queryType(), code, age(now));
    }

    /** It ends elsewhere: nothing is said here any more. */
    void abandon(long now) {
        phase = new Phase.Over(now);
        delivery.abandon();
    }

    void stopWhoeverHasIt() {
        switch (phase) {
            case Phase.Running running -> around.realm().cancel(running.worker(), intent.key(), attempts.current());
            case Phase.Resuming resuming -> around.realm().cancelEverywhere(resuming.worker(), intent.key());
            case Phase.Placing placing -> around.realm().withdraw(intent.key());
            case Phase.Waiting waiting -> around.realm().withdraw(intent.key());
            case Phase.Over over -> {}
        }
    }
}
