// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the frames of incoming binary streams together; those of one connection. */
final class Streams {

    /** All unfinished media together. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    private final Map<Integer, Open> open = new HashMap<>();
    private int held;

    private record Open(ServerMessage.Chunk chunk, ByteArrayOutputStream bytes) {}

    /** What a frame led to. */
    sealed interface Outcome {

        /** The stream goes on, or is none of ours. */
        record More() implements Outcome {}

        record Whole(ServerMessage.Chunk chunk, Media media) implements Outcome {}

        /** More than can be held: it was let go. */
        record TooLarge(IntentId guid) implements Outcome {}
    }

    /** A chunk named this stream, whose bytes follow. */
    void open(ServerMessage.Chunk chunk) {
        int stream = Objects.requireNonNull(chunk.stream());
        close(stream);
        open.put(stream, new Open(chunk, new ByteArrayOutputStream()));
    }

    /** Takes a frame: the stream's number and its bytes; the number alone ends it. */
    Outcome frame(byte[] frame) {
        Open stream = frame.length == 0 ? null : open.get(frame[0] & 0xff);
        if (stream == null) {
            return new Outcome.More();
        }
        ServerMessage.Chunk chunk = stream.chunk();
        if (frame.length == 1) {
            close(frame[0] & 0xff);
            String type = Objects.requireNonNullElse(chunk.mediaType(), "application/octet-stream");
            return new Outcome.Whole(
                    chunk, Media.whole(type, Bytes.of(stream.bytes().toByteArray())));
        }
        held += frame.length - 1;
        stream.bytes().write(frame, 1, frame.length - 1);
        if (held > MAX_BYTES) {
            close(frame[0] & 0xff);
            return new Outcome.TooLarge(chunk.guid());
        }
        return new Outcome.More();
    }

    /** What was begun for this intent is void. */
    void forget(IntentId guid) {
        open.entrySet().stream()
                .filter(each -> each.getValue().chunk().guid().equals(guid))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::close);
    }

    /** The connection is gone, and with it every unfinished medium. */
    void clear() {
        open.clear();
        held = 0;
    }

    private void close(int number) {
        @Nullable Open closed = open.remove(number);
        if (closed != null) {
            held -= closed.bytes().size();
        }
    }
}
