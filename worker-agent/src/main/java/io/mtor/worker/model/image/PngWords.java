// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Takes out of a PNG what servers of pictures write into it: the words of the user, who may show the picture around, and the
 * workflow and file names of the host, which are its own affair.
 */
final class PngWords {

    private static final int SIGNATURE_BYTES = 8;

    /** The length before and the type and checksum around the content of a chunk. */
    private static final int AROUND_BYTES = 12;

    private static final Set<String> WORDS = Set.of("tEXt", "zTXt", "iTXt", "eXIf");

    private PngWords() {}

    /** The same picture without words; the same bytes if they are not built as a PNG should be. */
    static byte[] removed(byte[] png) {
        var kept = new ByteArrayOutputStream(png.length);
        ByteBuffer left = ByteBuffer.wrap(png);
        kept.write(png, 0, SIGNATURE_BYTES);
        left.position(SIGNATURE_BYTES);
        while (left.hasRemaining()) {
            int at = left.position();
            if (left.remaining() < AROUND_BYTES) {
                return png;
            }
            int length = left.getInt(at);
            if (length < 0 || length > left.remaining() - AROUND_BYTES) {
                return png;
            }
            String type = new String(png, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (!WORDS.contains(type)) {
                kept.write(png, at, length + AROUND_BYTES);
            }
            left.position(at + length + AROUND_BYTES);
        }
        return kept.toByteArray();
    }
}
