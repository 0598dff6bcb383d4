// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Sounds to try things with. */
public final class Sounds {

    private static final int HEADER = 44;

    private Sounds() {}

    /** A WAV file of silence, 16 kHz, 16 bit, one channel. */
    public static byte[] silence(int samples) {
        return wav(samples, HEADER - 8 + 2 * samples, 2 * samples);
    }

    /** The same from somebody who did not know the length when the header was written. */
    public static byte[] streamedSilence(int samples) {
        return wav(samples, -1, -1);
    }

    private static byte[] wav(int samples, int riffLength, int dataLength) {
        ByteBuffer wav = ByteBuffer.allocate(HEADER + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(riffLength).put(ascii("WAVEfmt ")).putInt(16);
        wav.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
        wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(dataLength);
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
