// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import io.mtor.common.protocol.Timing;
import io.mtor.common.protocol.WorkerId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the client of one intent is told, in the client's messages. One that did not ask for a stream is told the end
 * only, with the media inside.
 */
final class Delivery {

    private static final long NEVER = -1;

    /** Less than the two seconds that are promised, since the dispatcher's own signs come a little apart. */
    private static final long HEARTBEAT_MILLIS = 1_500;

    private final IntentId guid;
    private final boolean streamed;

    private @Nullable Receiver receiver;
    private long lostAt = NEVER;
    private ServerMessage.@Nullable Queued lastQueued;
    private long queuedAt = Long.MIN_VALUE / 2;
    private GatewayBound.@Nullable Accepted accepted;
    private @Nullable ServerMessage terminal;
    private @Nullable WorkerId namedWorker;
    private int namedAttempt;
    private boolean settled;
    private boolean lackingMedia;
    private final List<Media> media = new ArrayList<>();
    private final MediumInParts inParts = new MediumInParts(Integer.MAX_VALUE);

    Delivery(IntentId guid, boolean streamed) {
        this.guid = guid;
        this.streamed = streamed;
    }

    /** Hands over to a connection. */
    void attach(Receiver newReceiver) {
        receiver = newReceiver;
        lostAt = NEVER;
        namedWorker = null;
    }

    /** Asks the client whether it is still there; false if it cannot be asked, and has no other gateway to go to either. */
    boolean challenge() {
        return receiver != null && receiver.challenge();
    }

    boolean isStreamed() {
        return streamed;
    }

    /** True if a medium came while nobody was there: only the worker has it. */
    boolean isLackingMedia() {
        return lackingMedia;
    }

    /** False if a newer connection has it. */
    boolean yieldsTo(Receiver other) {
        return receiver == null || other.number() >= receiver.number();
    }

    boolean isFor(Receiver other) {
        return receiver == other;
    }

    void lose(long now) {
        receiver = null;
        lostAt = now;
    }

    boolean isLost() {
        return receiver == null;
    }

    /** How long nobody has been there, in milliseconds; negative while somebody is. */
    long lostFor(long now) {
        return lostAt == NEVER ? NEVER : now - lostAt;
    }

    /** True once the terminal message has been handed to a connection. */
    boolean isSettled() {
        return settled;
    }

    boolean isCongested() {
        return receiver != null && receiver.isCongested();
    }

    /** How many pieces of this attempt the client has; what it has of another one is declared void. */
    int piecesOf(ClientMessage.@Nullable Seen seen, int attempt) {
        if (seen == null || seen.seq() < 0 || !streamed) {
            return 0;
        }
        int itsAttempt = seen.attempt() == null ? 1 : seen.attempt();
        if (itsAttempt != attempt) {
            restart(attempt, "another attempt has begun meanwhile");
            return 0;
        }
        return seen.seq() + 1;
    }

    private @Nullable Boolean synthetic() {
        return (accepted != null && accepted.synthetic()) ? true : null;
    }

    /** Where it stands: said when that changes, and again and again when not, so that nobody sends it anew out of doubt. */
    void queued(@Nullable Integer position, @Nullable Long etaMillis, long now) {
        var message = new ServerMessage.Queued(guid, position, etaMillis);
        if (!message.equals(lastQueued) || now - queuedAt >= HEARTBEAT_MILLIS) {
            lastQueued = message;
            queuedAt = now;
            sendStreamed(message);
        }
    }

    /** It has waited for so long where nobody knows its place: it is there all the same. */
    void stillQueued(long millis, long now) {
        if (Math.min(millis, now - queuedAt) >= HEARTBEAT_MILLIS) {
            queued(null, null, now);
        }
    }

    void repeatQueued() {
        if (lastQueued != null) {
            sendStreamed(lastQueued);
        }
    }

    /** False if it is not news. */
    boolean accepted(GatewayBound.Accepted message) {
        boolean isNews = accepted == null
                || !accepted.worker().equals(message.worker())
                || accepted.attempt() != message.attempt();
        accepted = message;
        if (isNews || !isNamed(message.worker(), message.attempt())) {
            name(message.worker(), message.attempt());
        }
        return isNews;
    }

    private boolean isNamed(WorkerId worker, int attempt) {
        return worker.equals(namedWorker) && attempt == namedAttempt;
    }

    /** Says which worker has it: without that a client could not go on elsewhere. */
    void name(WorkerId worker, int attempt) {
        namedWorker = worker;
        namedAttempt = attempt;
        lastQueued = null;
        boolean isKnown = accepted != null && accepted.worker().equals(worker);
        String model = accepted != null && isKnown ? accepted.model() : null;
        sendStreamed(new ServerMessage.Accepted(guid, worker, model, attempt, isKnown ? synthetic() : null));
    }

    void piece(GatewayBound.Piece piece) {
        if (!isNamed(piece.worker(), piece.attempt())) {
            name(piece.worker(), piece.attempt());
        }
        switch (piece) {
            case GatewayBound.Text text ->
                sendStreamed(new ServerMessage.Chunk(guid, text.seq(), text.text(), null, null));
            case GatewayBound.Progress progress ->
                sendStreamed(new ServerMessage.Progress(
                        guid, progress.seq(), progress.done(), progress.of(), progress.preview()));
            case GatewayBound.MediaPart part -> mediaPart(part);
        }
    }

    private void mediaPart(GatewayBound.MediaPart part) {
        if (streamed) {
            if (receiver == null) {
                lackingMedia = true;
            } else {
                receiver.sendMedia(guid, part.seq(), part.mediaType(), part.offset(), part.data(), part.last());
            }
            return;
        }
        inParts.add(part);
        Media medium = inParts.take();
        if (medium != null) {
            media.add(medium);
        }
    }

    /** Pieces from {@code next} on will come again; a client that gets no stream collects them anew from the start. */
    void mediaFrom(int next) {
        if (next == 0) {
            media.clear();
        }
    }

    void restart(int attempt, String reason) {
        mediaFrom(0);
        sendStreamed(new ServerMessage.Restart(guid, attempt, reason));
    }

    void completed(GatewayBound.Completed message) {
        settle(new ServerMessage.Result(
                guid,
                message.text(),
                message.worker(),
                message.model(),
                media.isEmpty() ? null : List.copyOf(media),
                message.usage(),
                new Timing(
                        accepted == null ? null : accepted.dispatchMicros(),
                        accepted == null ? null : accepted.queueMillis(),
                        message.firstMillis(),
                        message.workMillis()),
                synthetic()));
    }

    void failed(ServerMessage.Failure failure) {
        settle(failure);
    }

    void repeatTerminal() {
        if (terminal != null) {
            settle(terminal);
        }
    }

    /** Nothing more will be said here, and nothing is kept. */
    void abandon() {
        settled = true;
    }

    private void settle(ServerMessage message) {
        terminal = message;
        if (receiver != null) {
            receiver.send(message);
            settled = true;
            terminal = null;
        }
    }

    private void sendStreamed(ServerMessage message) {
        if (streamed && receiver != null) {
            receiver.send(message);
        }
    }
}
