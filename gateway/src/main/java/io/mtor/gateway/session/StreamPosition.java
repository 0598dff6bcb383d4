// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound;
import io.mtor.common.protocol.Media;
import org.jspecify.annotations.Nullable;

/**
 * How far the stream of one attempt has been handed to the client: the pieces before {@code next}, and {@code offset}
 * bytes of the medium that is {@code next}.
 */
final class StreamPosition {

    /** What a piece is to a stream. */
    enum Fit {
        NEXT,
        REPEATED,
        /** Something before it is missing. */
        GAP
    }

    private int next;

    private int offset;

    private int credited;

    private int bytesSinceCredit;

    int next() {
        return next;
    }

    /** Begins at {@code seq}: everything before it is with the client. */
    void moveTo(int seq) {
        next = seq;
        offset = 0;
        credited = seq;
        bytesSinceCredit = 0;
    }

    Fit fit(GatewayBound.Piece piece) {
        int partOffset = piece instanceof GatewayBound.MediaPart part ? part.offset() : 0;
        if (piece.seq() == next && partOffset == offset) {
            return Fit.NEXT;
        }
        return piece.seq() < next || (piece.seq() == next && partOffset < offset) ? Fit.REPEATED : Fit.GAP;
    }

    /** Moves past a piece that fitted. */
    void pass(GatewayBound.Piece piece) {
        switch (piece) {
            case GatewayBound.Text text -> {
                next++;
                bytesSinceCredit += text.text().length();
            }
            case GatewayBound.Progress progress -> {
                next++;
                bytesSinceCredit += bytesOf(progress.preview());
            }
            case GatewayBound.MediaPart part -> {
                offset = part.last() ? 0 : part.offset() + part.data().length();
                next += part.last() ? 1 : 0;
                bytesSinceCredit += part.data().length();
            }
        }
    }

    private static int bytesOf(@Nullable Media preview) {
        return preview == null || preview.data() == null ? 0 : preview.data().length();
    }

    /** True if nothing at all of this attempt has been handed on. */
    boolean isAtStart() {
        return next == 0 && offset == 0;
    }

    /** True if enough went by for a new credit. */
    boolean isCreditDue(SessionConfig config) {
        return next - credited >= config.creditPieces()
                || (bytesSinceCredit >= config.creditBytes().bytes() && next > credited);
    }

    boolean isUncredited() {
        return next > credited;
    }

    /** The credit to give now: the last piece that is with the client. */
    int credit() {
        credited = next;
        bytesSinceCredit = 0;
        return next - 1;
    }
}
