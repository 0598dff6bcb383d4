// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.session;

import io.mtor.common.bus.GatewayBound.MediaPart;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** The last medium of an answer, put together while its parts go by. */
public final class MediumInParts {

    private final int maxBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String mediaType = "";
    private boolean whole;

    /** @param maxBytes one that is larger is not kept */
    public MediumInParts(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes the next part; some may have gone by elsewhere, and then there is no medium. */
    public void add(MediaPart part) {
        if (part.offset() == 0) {
            bytes.reset();
            mediaType = part.mediaType();
            whole = false;
        }
        boolean follows = !whole && part.offset() == bytes.size() && part.data().length() <= maxBytes - bytes.size();
        if (follows) {
            bytes.writeBytes(part.data().array());
        }
        whole = part.last() && follows;
    }

    /** Hands it over, and keeps nothing; null if it never came, is too large, or is not whole. */
    public @Nullable Media take() {
        Media medium = whole ? Media.whole(mediaType, Bytes.of(bytes.toByteArray())) : null;
        if (medium != null) {
            whole = false;
            bytes.reset();
        }
        return medium;
    }
}
