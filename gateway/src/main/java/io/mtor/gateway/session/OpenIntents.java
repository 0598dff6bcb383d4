// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.DispatcherId;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.IntentKey;
import io.mtor.common.protocol.UserId;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open intents of one gateway, by user and guid.
 *
 * <p>Not thread-safe: one event loop, which passes the time in (milliseconds, never going back).
 */
public final class OpenIntents {

    private final Map<IntentKey, IntentSession> sessions = new HashMap<>();

    private final Map<UserId, Integer> perUser = new HashMap<>();

    private final Silence silence = new Silence();

    private final Retries retries;

    private final Surroundings around;

    public OpenIntents(SessionConfig config, RealmPort realm, SessionObserver observer, AnswerListener listener) {
        this.retries = new Retries(config.retries());
        this.around = new Surroundings(config, realm, observer, listener, retries, sessions::size);
    }

    /** What became of an intent that was sent. */
    public enum Opened {
        NEW,
        /** It was open already: this connection has it from now on. */
        ATTACHED,
        /** The guid is in use for something else. */
        GUID_IN_USE
    }

    /** How an intent is to be answered. */
    public record Wish(boolean streamed, long ttlMillis, ClientMessage.@Nullable Seen seen) {}

    /**
     * Opens an intent, or goes on with it if it is open here or at the worker that the client names.
     *
     * @param receiver whom to answer
     */
    public Opened open(Intent intent, Wish wish, Receiver receiver, long now) {
        IntentSession known = sessions.get(intent.key());
        if (known != null) {
            return attach(known, intent, wish, receiver, now);
        }
        var session = new IntentSession(intent, wish.streamed(), wish.ttlMillis(), now, around);
        sessions.put(intent.key(), session);
        perUser.merge(intent.key().user(), 1, Integer::sum);
        if (wish.seen() == null) {
            session.begin(receiver, now);
        } else {
            session.resume(receiver, wish.seen(), now);
        }
        return Opened.NEW;
    }

    private Opened attach(IntentSession known, Intent intent, Wish wish, Receiver receiver, long now) {
        if (!isSame(known.intent(), intent)) {
            return Opened.GUID_IN_USE;
        }
        // Said twice on one connection, nothing is missing there, and nothing must be shown twice.
        if (!known.delivery().isFor(receiver) && known.delivery().yieldsTo(receiver)) {
            known.attach(receiver, wish.seen(), now);
            forgetIfOver(known, now);
        }
        return Opened.ATTACHED;
    }

    /** True if the guid is that of another open intent of the same user. */
    public boolean isInUse(Intent intent) {
        IntentSession known = sessions.get(intent.key());
        return known != null && !isSame(known.intent(), intent);
    }

    private static boolean isSame(Intent one, Intent other) {
        return one.text().equals(other.text()) && one.queryType().equals(other.queryType());
    }

    /** True if it was open. */
    public boolean cancel(IntentKey key, long now) {
        IntentSession session = sessions.get(key);
        if (session == null) {
            return false;
        }
        session.cancel(now);
        forgetIfOver(session, now);
        return true;
    }

    /** Takes what came over the bus. */
    public void receive(GatewayBound message, long now) {
        IntentSession session = sessions.get(message.key());
        if (session == null || session.isOver()) {
            stray(message);
            return;
        }
        boolean asked = session.course().phase() instanceof Phase.Placing;
        session.receive(message, now);
        if (asked && !(session.course().phase() instanceof Phase.Placing)) {
            silence.broken();
        }
        forgetIfOver(session, now);
        retryWhoseTurnItIs(now);
    }

    /** Nobody waits for it here: whoever works on it is told to stop, so that the slot is free. */
    private void stray(GatewayBound message) {
        around.observer().dropped();
        switch (message) {
            case GatewayBound.Accepted accepted ->
                around.realm().cancel(accepted.worker(), accepted.key(), accepted.attempt());
            case GatewayBound.Piece piece -> around.realm().cancel(piece.worker(), piece.key(), piece.attempt());
            case GatewayBound.Waiting waiting -> around.realm().withdraw(waiting.key());
            case GatewayBound.Alive alive -> {}
            case GatewayBound.Rejected rejected -> {}
            case GatewayBound.Completed completed -> {}
            case GatewayBound.Failed failed -> {}
            case GatewayBound.UnknownIntent unknown -> {}
            case GatewayBound.Moved moved -> {}
        }
    }

    /** The connection of these intents is gone. */
    public void receiverLost(Receiver receiver, Iterable<IntentKey> open, long now) {
        for (IntentKey key : open) {
            IntentSession session = sessions.get(key);
            if (session != null && session.delivery().isFor(receiver)) {
                session.receiverLost(now);
                forgetIfOver(session, now);
            }
        }
    }

    /** What was sent to the connection of these intents has left. */
    public void receiverReady(Iterable<IntentKey> open, long now) {
        for (IntentKey key : open) {
            IntentSession session = sessions.get(key);
            if (session != null) {
                session.receiverReady(now);
            }
        }
    }

    /** The connection of these intents has given the sign of life that it was asked for. */
    public void receiverHeard(Iterable<IntentKey> open, long now) {
        for (IntentKey key : open) {
            IntentSession session = sessions.get(key);
            if (session != null) {
                session.receiverHeard(now);
            }
        }
    }

    /** A worker is gone or said to be down: what it held is dispatched again. */
    public void workerLost(WorkerId worker, String why, long now) {
        List<IntentSession> concerned = new ArrayList<>();
        for (IntentSession session : sessions.values()) {
            if (!session.isOver() && session.course().phase().isWith(worker)) {
                concerned.add(session);
            }
        }
        concerned.sort(Comparator.comparingLong(session -> -session.course().suspicion(worker)));
        concerned.forEach(session -> {
            session.workerLost(worker, true, why, now);
            forgetIfOver(session, now);
        });
    }

    /** A dispatcher is gone: what may have waited there is placed again. */
    public void dispatcherLost(long now) {
        forEach(session -> session.dispatcherLost(now), now);
    }

    /** Another dispatcher than {@code before} places intents now: who waits goes over to it, and keeps its turn. */
    public void dispatcherSuperseded(DispatcherId before, long now) {
        forEach(session -> session.dispatcherSuperseded(before, now), now);
    }

    /** Time has passed; to be called about every 100 ms. */
    public void tick(long now) {
        forEach(session -> session.tick(now), now);
        retryWhoseTurnItIs(now);
        silence.tick(sessions.values().stream().anyMatch(IntentSession::awaitsPlacement), now);
    }

    private void retryWhoseTurnItIs(long now) {
        for (IntentKey key = retries.next(size()); key != null; key = retries.next(size())) {
            IntentSession session = sessions.get(key);
            if (session == null) {
                retries.giveBack(key);
            } else {
                session.goOn(now);
            }
        }
    }

    /** How long nothing of what was placed has been answered, in milliseconds; 0 if nothing is to be. */
    public long unansweredMillis() {
        return silence.millis();
    }

    /** How many wait for their turn to be dispatched again. */
    public int heldBack() {
        return retries.waiting();
    }

    public int size() {
        return sessions.size();
    }

    /** How many intents of the same user are open beside this one. */
    public int othersOf(IntentKey key) {
        return perUser.getOrDefault(key.user(), 0) - (sessions.containsKey(key) ? 1 : 0);
    }

    /** True if nothing of this key is open. */
    public boolean isOver(IntentKey key) {
        IntentSession session = sessions.get(key);
        return session == null || session.isOver();
    }

    private void forEach(Consumer<IntentSession> action, long now) {
        for (IntentSession session : List.copyOf(sessions.values())) {
            action.accept(session);
            forgetIfOver(session, now);
        }
    }

    private void forgetIfOver(IntentSession session, long now) {
        IntentKey key = session.intent().key();
        if (session.isForgettable(now) && sessions.remove(key, session)) {
            perUser.computeIfPresent(key.user(), (user, count) -> count == 1 ? null : count - 1);
        }
    }
}
