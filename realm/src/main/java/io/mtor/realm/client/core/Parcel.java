// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.realm.client.core;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.ClientMessage;
import io.mtor.common.protocol.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;

/** Work as it leaves: small media ride inside the message, the others follow it as binary streams. */
final class Parcel {

    /** All that ride inside, together; base64 makes a third more of it. */
    static final int INLINE_BYTES = 384 * 1024;

    private Parcel() {}

    /** @param streams the numbers of the streams to open */
    static List<Step> of(ClientMessage.Work work, IntSupplier streams) {
        if (work.media() == null || work.media().stream().anyMatch(medium -> medium.data() == null)) {
            return List.of(new Step.Send(work));
        }
        int room = INLINE_BYTES;
        List<Media> media = new ArrayList<>();
        List<Step> uploads = new ArrayList<>();
        for (Media medium : work.media()) {
            Bytes bytes = Objects.requireNonNull(medium.data());
            if (bytes.length() <= room) {
                room -= bytes.length();
                media.add(medium);
            } else {
                int stream = streams.getAsInt();
                media.add(Media.streamed(medium.mediaType(), stream));
                uploads.add(new Step.Upload(stream, bytes));
            }
        }
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Send(uploads.isEmpty() ? work : with(work, media)));
        steps.addAll(uploads);
        return steps;
    }

    private static ClientMessage.Work with(ClientMessage.Work work, List<Media> media) {
        return new ClientMessage.Work(
                work.guid(),
                work.queryType(),
                work.queryText(),
                work.userId(),
                work.model(),
                work.conversation(),
                media,
                work.parameters(),
                work.stream(),
                work.priority(),
                work.deadlineMs(),
                work.privacy(),
                work.detach(),
                work.traceparent());
    }
}
