// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one intent as it comes in: what has been shown so far, and how it ended. */
public final class Answer {

    private final IntentId guid;
    private final Listener listener;
    private final Promise<ServerMessage> terminal = Promise.promise();
    private final StringBuilder text = new StringBuilder();
    private final List<Media> media = new ArrayList<>();

    private ServerMessage.@Nullable Chunk opened;
    private @Nullable ByteArrayOutputStream medium;
    private ServerMessage.@Nullable Accepted accepted;
    private int nextSeq;
    private int terminals;

    /** Hears each message of the answer, in order, on the client's event loop. */
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

    /** The {@code result} or {@code error}; fails only if the connection is lost for good. */
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

    /** The worker that has it, as last told. */
    public ServerMessage.@Nullable Accepted accepted() {
        return accepted;
    }

    /** How many terminal messages came; anything but one, once it is over, breaks the promise. */
    public int terminals() {
        return terminals;
    }

    /** The last piece that came whole; -1 if none. */
    int seen() {
        return nextSeq - 1;
    }

    void receive(ServerMessage message) {
        switch (message) {
            case ServerMessage.Accepted now -> accepted = now;
            case ServerMessage.Chunk chunk -> chunk(chunk);
            case ServerMessage.Progress progress -> inOrder(progress.seq());
            case ServerMessage.Restart restart -> {
                accepted = null;
                text.setLength(0);
                media.clear();
                opened = null;
                nextSeq = 0;
            }
            default -> {}
        }
        listener.onMessage(message);
        if (message.isTerminal()) {
            terminals++;
            terminal.tryComplete(message);
        }
    }

    private void chunk(ServerMessage.Chunk chunk) {
        if (chunk.stream() == null) {
            inOrder(chunk.seq());
            text.append(chunk.text());
        } else {
            opened = chunk;
            medium = new ByteArrayOutputStream();
        }
    }

    private void inOrder(int seq) {
        if (seq != nextSeq) {
            terminal.tryFail(
                    new IllegalStateException("piece " + seq + " of " + guid + " where " + nextSeq + " was due"));
        }
        nextSeq = seq + 1;
    }

    /** True if the bytes of this binary stream belong here. */
    boolean owns(int stream) {
        return opened != null && opened.stream() != null && opened.stream() == stream;
    }

    void bytes(byte[] frame) {
        ServerMessage.Chunk chunk = opened;
        if (chunk == null || medium == null) {
            return;
        }
        if (frame.length > 1) {
            medium.write(frame, 1, frame.length - 1);
            return;
        }
        inOrder(chunk.seq());
        var whole = Media.whole(
                chunk.mediaType() == null ? "application/octet-stream" : chunk.mediaType(),
                Bytes.of(medium.toByteArray()));
        media.add(whole);
        opened = null;
        medium = null;
        listener.onMedia(whole);
    }

    void lost(Throwable cause) {
        terminal.tryFail(cause);
    }
}
