// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The media that a client is still sending: work that names binary streams waits here until they have ended.
 *
 * <p>Bounded by the streams' numbers (255 at once, and each work here waits for one) and by the bytes of one intent's
 * media for all of them together, those that have ended included.
 */
final class Uploads {

    private final Limits limits;

    /** The streams that have not ended, by their number, which is free again afterwards. */
    private final Map<Integer, Stream> streams = new HashMap<>();

    private final Map<IntentId, Waiting> waiting = new LinkedHashMap<>();

    private long bytes;

    private record Stream(Waiting owner, ByteArrayOutputStream buffer) {}

    private record Waiting(ClientMessage.Work work, Map<Integer, Bytes> ended, long since) {

        boolean isComplete() {
            return ended.keySet().containsAll(streamsOf(work));
        }

        long endedBytes() {
            return ended.values().stream().mapToLong(Bytes::length).sum();
        }
    }

    /** Work whose media are all here. */
    record Complete(ClientMessage.Work work, List<Media> media) {}

    /** A stream that cannot go on; {@code works} are what it takes with it. */
    static final class BrokenUpload extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<ClientMessage.Work> works;

        BrokenUpload(String message, List<ClientMessage.Work> works) {
            super(message, null, false, false);
            this.works = works;
        }

        List<ClientMessage.Work> works() {
            return works;
        }
    }

    Uploads(Limits limits) {
        this.limits = limits;
    }

    /** True if nothing waits for its streams. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The numbers of the binary streams that the work names. */
    static List<Integer> streamsOf(ClientMessage.Work work) {
        return work.media() == null
                ? List.of()
                : work.media().stream()
                        .map(Media::stream)
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Lets work wait for its streams; the same guid again begins its upload anew. */
    void begin(ClientMessage.Work work, long now) throws BrokenUpload {
        forget(work.guid());
        List<Integer> numbers = streamsOf(work);
        for (int number : numbers) {
            if (streams.containsKey(number)) {
                throw new BrokenUpload("media.stream " + number + " is in use", List.of(work));
            }
        }
        if (new HashSet<>(numbers).size() < numbers.size()) {
            throw new BrokenUpload("two media name the same stream", List.of(work));
        }
        var one = new Waiting(work, new HashMap<>(), now);
        waiting.put(work.guid(), one);
        numbers.forEach(number -> streams.put(number, new Stream(one, new ByteArrayOutputStream())));
    }

    /** Takes a binary frame and returns the work that is complete by it. */
    Optional<Complete> frame(byte[] frame) throws BrokenUpload {
        int number = frame.length == 0 ? 0 : frame[0] & 0xff;
        Stream stream = streams.get(number);
        if (stream == null) {
            throw new BrokenUpload("no work has named the binary stream " + number, List.of());
        }
        if (frame.length == 1) {
            return end(number, stream);
        }
        bytes += frame.length - 1;
        if (bytes > limits.maxMediaBytes()) {
            throw new BrokenUpload("media have more than " + limits.maxMediaBytes() + " bytes", dropAll());
        }
        stream.buffer.write(frame, 1, frame.length - 1);
        return Optional.empty();
    }

    private Optional<Complete> end(int number, Stream stream) {
        Waiting owner = stream.owner;
        streams.remove(number);
        owner.ended.put(number, Bytes.of(stream.buffer.toByteArray()));
        if (!owner.isComplete()) {
            return Optional.empty();
        }
        var complete = new Complete(owner.work, whole(owner));
        forget(owner.work.guid());
        return Optional.of(complete);
    }

    private static List<Media> whole(Waiting one) {
        return Objects.requireNonNull(one.work.media()).stream()
                .map(media -> media.stream() == null
                        ? media
                        : Media.whole(media.mediaType(), Objects.requireNonNull(one.ended.get(media.stream()))))
                .toList();
    }

    /** Forgets the work that has waited for its streams since before {@code since}, and returns it. */
    List<ClientMessage.Work> expire(long since) {
        List<ClientMessage.Work> expired = waiting.values().stream()
                .filter(each -> each.since < since)
                .map(Waiting::work)
                .toList();
        expired.forEach(work -> forget(work.guid()));
        return expired;
    }

    /** Forgets the work with its streams; false if there is none. */
    boolean forget(IntentId guid) {
        Waiting one = waiting.remove(guid);
        if (one == null) {
            return false;
        }
        bytes -= one.endedBytes();
        streams.values().removeIf(stream -> {
            boolean isIts = stream.owner.work().guid().equals(guid);
            bytes -= isIts ? stream.buffer.size() : 0;
            return isIts;
        });
        return true;
    }

    private List<ClientMessage.Work> dropAll() {
        List<ClientMessage.Work> works =
                new ArrayList<>(waiting.values().stream().map(Waiting::work).toList());
        waiting.clear();
        streams.clear();
        bytes = 0;
        return works;
    }
}
