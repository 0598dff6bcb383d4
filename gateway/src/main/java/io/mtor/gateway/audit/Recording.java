// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** The last medium of an answer, put together while its parts go by. */
final class Recording {

    /** What an intent may bring along, as the medium goes to a witness in one. */
    static final int MAX_BYTES = 8 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private String mediaType = "";
    private boolean whole;

    /** Takes a part; those that are said in between may be missing, and then there is no medium. */
    void add(String type, int offset, Bytes part, boolean last) {
        if (offset == 0) {
            bytes.reset();
            mediaType = type;
            whole = false;
        }
        boolean follows = !whole && offset == bytes.size() && offset + part.length() <= MAX_BYTES;
        if (follows) {
            bytes.writeBytes(part.array());
        }
        whole = last && follows;
    }

    /** Null if it never came, is too large, or is not whole. */
    @Nullable
    Media medium() {
        return whole ? Media.whole(mediaType, Bytes.of(bytes.toByteArray())) : null;
    }
}
