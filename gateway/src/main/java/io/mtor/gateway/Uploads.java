// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.Limits;
import io.mtor.common.protocol.Media;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The media that a client is still sending: work that names binary streams waits here until they have ended.
 *
 * <p>Bounded by the streams' numbers (255 at once) and by the bytes of one intent's media for all of them together.
 */
final class Uploads {

    private final Limits limits;

    private final Map<Integer, ByteArrayOutputStream> streams = new HashMap<>();

    private final List<Waiting> waiting = new ArrayList<>();

    private long bytes;

    private record Waiting(ClientMessage.Work work, Map<Integer, Bytes> ended, long since) {

        boolean isComplete() {
            return streamsOf(work).stream().allMatch(ended::containsKey);
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

    /** The numbers of the binary streams that the work names. */
    static List<Integer> streamsOf(ClientMessage.Work work) {
        return work.media() == null
                ? List.of()
                : work.media().stream()
                        .map(Media::stream)
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Lets work wait for its streams. */
    void begin(ClientMessage.Work work, long now) throws BrokenUpload {
        for (int stream : streamsOf(work)) {
            if (streams.putIfAbsent(stream, new ByteArrayOutputStream()) != null) {
                throw new BrokenUpload("media.stream " + stream + " is in use", List.of(work));
            }
        }
        waiting.add(new Waiting(work, new HashMap<>(), now));
    }

    /** Takes a binary frame and returns the work that is complete by it. */
    List<Complete> frame(byte[] frame) throws BrokenUpload {
        int stream = frame.length == 0 ? 0 : frame[0] & 0xff;
        ByteArrayOutputStream buffer = streams.get(stream);
        if (buffer == null) {
            throw new BrokenUpload("no work has named the binary stream " + stream, List.of());
        }
        if (frame.length == 1) {
            return end(stream, buffer);
        }
        bytes += frame.length - 1;
        if (bytes > limits.maxMediaBytes()) {
            throw new BrokenUpload("media have more than " + limits.maxMediaBytes() + " bytes", dropAll());
        }
        buffer.write(frame, 1, frame.length - 1);
        return List.of();
    }

    private List<Complete> end(int stream, ByteArrayOutputStream buffer) {
        streams.remove(stream);
        bytes -= buffer.size();
        List<Complete> complete = new ArrayList<>();
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting one = each.next();
            if (streamsOf(one.work).contains(stream)) {
                one.ended.put(stream, Bytes.of(buffer.toByteArray()));
                if (one.isComplete()) {
                    each.remove();
                    complete.add(new Complete(one.work, whole(one)));
                }
            }
        }
        return complete;
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
        List<ClientMessage.Work> expired = waiting.stream()
                .filter(each -> each.since < since)
                .map(Waiting::work)
                .toList();
        expired.forEach(this::forget);
        return expired;
    }

    private void forget(ClientMessage.Work work) {
        waiting.removeIf(each -> each.work.guid().equals(work.guid()));
        for (int stream : streamsOf(work)) {
            ByteArrayOutputStream buffer = streams.remove(stream);
            bytes -= buffer == null ? 0 : buffer.size();
        }
    }

    private List<ClientMessage.Work> dropAll() {
        List<ClientMessage.Work> works = waiting.stream().map(Waiting::work).toList();
        waiting.clear();
        streams.clear();
        bytes = 0;
        return works;
    }
}
