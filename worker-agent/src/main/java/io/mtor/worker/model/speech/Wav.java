// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sounds in RIFF files. */
public final class Wav {

    private static final int RIFF = 0x46464952;

    private static final int WAVE = 0x45564157;

    private static final int DATA = 0x61746164;

    private static final int HEADER = 12;

    private Wav() {}

    /** True if the first bytes say so. */
    static boolean isWav(byte[] bytes) {
        ByteBuffer start = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.length >= HEADER && start.getInt(0) == RIFF && start.getInt(8) == WAVE;
    }

    /**
     * Who writes a sound while it is being made cannot know its length when the header is written, so nonsense stands
     * there, and players show hours. Puts the true lengths in, in place; anything that is no RIFF file stays as it is.
     */
    public static byte[] repaired(byte[] bytes) {
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
