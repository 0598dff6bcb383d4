// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Pictures by their first bytes, whatever they are called. */
public final class Pictures {

    private static final String PNG = "image/png";

    private Pictures() {}

    /** These bytes as a medium, without words in it; empty if they are no picture of a kind that browsers show. */
    public static Optional<Media> of(byte[] bytes) {
        return type(new String(bytes, 0, Math.min(bytes.length, 12), StandardCharsets.ISO_8859_1))
                .map(type -> Media.whole(type, Bytes.of(type.equals(PNG) ? PngWords.removed(bytes) : bytes)));
    }

    /** The same in base64, with or without {@code data:image/png;base64,} before it. */
    public static Optional<Media> ofBase64(String text) {
        try {
            return of(Base64.getDecoder().decode(text.substring(text.indexOf(',') + 1)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    private static Optional<String> type(String start) {
        if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
            return Optional.of(PNG);
        } else if (start.startsWith("\u00ff\u00d8\u00ff")) {
            return Optional.of("image/jpeg");
        } else if (start.startsWith("RIFF") && start.endsWith("WEBP")) {
            return Optional.of("image/webp");
        }
        return Optional.empty();
    }
}
