// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.hosts;

import io.mtor.common.bus.GatewayBound.Completed;
import io.mtor.common.bus.GatewayBound.MediaPart;
import io.mtor.common.bus.GatewayBound.Piece;
import io.mtor.common.bus.GatewayBound.Progress;
import io.mtor.common.bus.GatewayBound.Text;
import io.mtor.common.protocol.Media;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What has gone by of one answer of a host, beside what an answer may be. What is said again counts once; an end that comes
 * before any medium where one was asked for is none.
 *
 * <p>A worker that heeds the credits it gets is never further ahead of them than its window, and the piece that it said last,
 * however large. A credit counts as soon as it goes by here, which is before the worker has it, so nobody who heeds them is
 * blamed. Who does not could fill the memory of a gateway whose client reads slowly.
 */
final class AnswerMeter {

    private static final String UNREAD =
            "its worker sends on though nobody has read what it sent (gateway.hosts.answer.ahead)";

    private final HostsConfig.Answer limits;
    private final boolean ofMedia;
    private boolean hasMedium;
    private int last = -1;
    private int credited = -1;
    private long lastBytes;
    private long bytesAhead;
    private long chars;
    private long mediaBytes;

    /** @param ofMedia whether an answer without any medium is none */
    AnswerMeter(HostsConfig.Answer limits, boolean ofMedia) {
        this.limits = limits;
        this.ofMedia = ofMedia;
    }

    /** Takes what the worker says next; null if it may, else why it may not. */
    @Nullable
    String take(Piece piece) {
        if (piece.seq() < last) {
            return null;
        }
        if (piece.seq() > last) {
            bytesAhead += credited >= last ? 0 : lastBytes;
            last = piece.seq();
            lastBytes = 0;
        }
        long more = Math.max(0, bytesUpTo(piece) - lastBytes);
        lastBytes += more;
        if (piece instanceof Text) {
            chars += more;
        } else {
            mediaBytes += more;
            hasMedium |= piece instanceof MediaPart part && part.last();
        }
        return tooMuch();
    }

    /** What the piece weighs, parts of it that came before included. */
    private static long bytesUpTo(Piece piece) {
        return switch (piece) {
            case Text text -> text.text().length();
            case MediaPart part -> (long) part.offset() + part.data().length();
            case Progress progress -> {
                Media preview = progress.preview();
                yield preview == null || preview.data() == null
                        ? 0
                        : preview.data().length();
            }
        };
    }

    private @Nullable String tooMuch() {
        if (last >= limits.maxPieces()) {
            return more("pieces", limits.maxPieces(), "max_pieces");
        }
        if (chars > limits.maxChars()) {
            return more("characters", limits.maxChars(), "max_chars");
        }
        if (mediaBytes > limits.maxMedia().bytes()) {
            return more("bytes of media", limits.maxMedia().bytes(), "max_media");
        }
        return bytesAhead > limits.ahead().bytes() ? UNREAD : null;
    }

    private static String more(String what, long than, String key) {
        return String.format(Locale.ROOT, "its answer has more than %d %s (gateway.hosts.answer.%s)", than, what, key);
    }

    /** Takes the end; null if it may be so, else why it may not. */
    @Nullable
    String take(Completed done) {
        if (ofMedia && !hasMedium) {
            return "its answer has no medium";
        }
        return done.text().length() > limits.maxChars() ? more("characters", limits.maxChars(), "max_chars") : null;
    }

    /** All up to this piece is with the client. */
    void credited(int seq) {
        credited = Math.max(credited, seq);
        bytesAhead = 0;
    }
}
