// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.predict;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Tells by its first bytes what a picture or a sound is. */
final class Magic {

    private static final Map<String, String> STARTS = Map.of(
            "\u0089PNG\r\n\u001a\n", "image/png",
            "\u00ff\u00d8\u00ff", "image/jpeg",
            "GIF8", "image/gif",
            "OggS", "audio/ogg",
            "fLaC", "audio/flac",
            "ID3", "audio/mpeg");

    private static final int CONTAINER_NAME = 8;

    private Magic() {}

    /** Its media type; empty if it is none that is known. */
    static Optional<String> mediaType(byte[] bytes) {
        if (startsAt(bytes, 0, "RIFF")) {
            return startsAt(bytes, CONTAINER_NAME, "WAVE")
                    ? Optional.of("audio/wav")
                    : Optional.of("image/webp").filter(webp -> startsAt(bytes, CONTAINER_NAME, "WEBP"));
        }
        return STARTS.entrySet().stream()
                .filter(entry -> startsAt(bytes, 0, entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean startsAt(byte[] bytes, int offset, String start) {
        byte[] expected = start.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < offset + expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
