// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.command;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sounds in RIFF files. */
final class Wav {

    private static final int RIFF = 0x46464952;

    private static final int DATA = 0x61746164;

    private static final int HEADER = 12;

    private Wav() {}

    /**
     * A program that writes a sound to a pipe cannot know its length when it writes the header, so it writes nonsense
     * there, and players show hours. Puts the true lengths in; anything that is no RIFF file stays as it is.
     */
    static byte[] repaired(byte[] bytes) {
        ByteBuffer wav = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER || wav.getInt(0) != RIFF) {
            return bytes;
        }
        wav.putInt(4, bytes.length - 8);
        int chunk = HEADER;
        while (chunk + 8 <= bytes.length) {
            int size = wav.getInt(chunk + 4);
            if (wav.getInt(chunk) == DATA) {
                wav.putInt(chunk + 4, bytes.length - chunk - 8);
                return bytes;
            }
            if (size < 0 || size > bytes.length) {
                return bytes;
            }
            chunk += 8 + size + (size & 1);
        }
        return bytes;
    }
}
