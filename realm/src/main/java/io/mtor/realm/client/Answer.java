// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client;

import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** The answer to one intent as it comes in: what has been shown so far, and how it ended. */
public final class Answer {

    private final IntentId guid;
    private final Listener listener;
    private final Promise<ServerMessage> terminal = Promise.promise();
    private final StringBuilder text = new StringBuilder();
    private final List<Media> media = new ArrayList<>();
    private int terminals;

    /** Hears each message of the answer once and in order, on the client's event loop. */
    public interface Listener {

        void onMessage(ServerMessage message);

        /** A medium is whole. */
        default void onMedia(Media media) {}
    }

    Answer(IntentId guid, Listener listener) {
        this.guid = guid;
        this.listener = listener;
    }

    public IntentId guid() {
        return guid;
    }

    /** The {@code result} or {@code error}; fails only if no gateway is found for too long, or the client is closed. */
    public Future<ServerMessage> terminal() {
        return terminal.future();
    }

    /** The text shown so far. */
    public String text() {
        return text.toString();
    }

    /** The media that came in whole so far. */
    public List<Media> media() {
        return List.copyOf(media);
    }

    /** How many terminal messages came; anything but one, once it is over, breaks the promise. */
    public int terminals() {
        return terminals;
    }

    void hear(ServerMessage message) {
        if (message instanceof ServerMessage.Chunk chunk && chunk.text() != null) {
            text.append(chunk.text());
        } else if (message instanceof ServerMessage.Restart) {
            text.setLength(0);
            media.clear();
        }
        listener.onMessage(message);
        if (message.isTerminal()) {
            terminals++;
            terminal.tryComplete(message);
        }
    }

    void hear(Media whole) {
        media.add(whole);
        listener.onMedia(whole);
    }

    void fail(Throwable cause) {
        terminal.tryFail(cause);
    }
}
