// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.WorkerId;

/** The pieces of one intent on their way from its worker to its client: in order, once, and no faster than both can. */
final class AnswerStream {

    private static final long ASK_AGAIN_MILLIS = 300;

    private final IntentKey key;
    private final Delivery delivery;
    private final RealmPort realm;
    private final SessionConfig config;
    private final StreamPosition position = new StreamPosition();

    private long askedAt = Long.MIN_VALUE / 2;

    AnswerStream(IntentKey key, Delivery delivery, RealmPort realm, SessionConfig config) {
        this.key = key;
        this.delivery = delivery;
        this.realm = realm;
        this.config = config;
    }

    /** How many pieces have been handed on. */
    int next() {
        return position.next();
    }

    /** True if nothing at all of this attempt has been handed on. */
    boolean isAtStart() {
        return position.isAtStart();
    }

    /** Begins at {@code seq}: the client has everything before it, and nothing after. */
    void moveTo(int seq) {
        position.moveTo(seq);
        delivery.mediaFrom(seq);
    }

    /** Takes a piece of the worker that holds the intent: hands it on if it is the next one. */
    StreamPosition.Fit take(GatewayBound.Piece piece, long now) {
        StreamPosition.Fit fit = position.fit(piece);
        switch (fit) {
            case NEXT -> {
                position.pass(piece);
                delivery.piece(piece);
                if (position.isCreditDue(config) && !delivery.isCongested()) {
                    credit(piece.worker(), piece.attempt());
                }
            }
            case REPEATED -> {}
            case GAP -> askForMissing(piece.worker(), now);
        }
        return fit;
    }

    /** Asks the worker for what follows. */
    void resume(WorkerId worker) {
        realm.resume(worker, key, position.next() - 1);
    }

    /** The same, but not at every piece that shows that one is missing. */
    void askForMissing(WorkerId worker, long now) {
        if (now - askedAt >= ASK_AGAIN_MILLIS) {
            askedAt = now;
            resume(worker);
        }
    }

    /** What was sent has left. */
    void creditWhatIsOwed(WorkerId worker, int attempt) {
        if (position.isUncredited()) {
            credit(worker, attempt);
        }
    }

    private void credit(WorkerId worker, int attempt) {
        realm.credit(worker, key, attempt, position.credit());
    }
}
