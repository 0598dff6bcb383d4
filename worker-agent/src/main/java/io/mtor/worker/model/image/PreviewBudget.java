// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import org.jspecify.annotations.Nullable;

/** Lets so many bytes of previews through for one picture: whoever sends many large ones must not use up what the picture itself needs. */
public final class PreviewBudget {

    /** The part of an answer that may be previews. */
    private static final int SHARE = 4;

    private int leftBytes;

    /** @param maxMediaBytes of a whole answer */
    public PreviewBudget(int maxMediaBytes) {
        leftBytes = maxMediaBytes / SHARE;
    }

    /** The same preview, or null if it is too large for what is left. */
    public @Nullable Media pass(@Nullable Media preview) {
        Bytes data = preview == null ? null : preview.data();
        if (data == null || data.length() > leftBytes) {
            return null;
        }
        leftBytes -= data.length();
        return preview;
    }
}
