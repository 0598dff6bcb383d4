// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import io.mtor.common.protocol.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A sound without compression.
 *
 * @param rate samples a second
 * @param width bytes of a sample
 * @param channels 1 or more
 */
public record Pcm(int rate, int width, int channels, Bytes samples) {

    private static final int HEADER = 12;

    private static final int WAV_HEADER = 44;

    private static final int FORMAT = 0x20746d66;

    private static final int DATA = 0x61746164;

    private static final int MIN_FORMAT = 16;

    /** True if it makes sense to play it. */
    public boolean isPlayable() {
        return rate > 0 && width > 0 && width <= Integer.BYTES && channels > 0 && channels <= 8;
    }

    /** The sound in a WAV file; empty if it is none, or compressed. */
    public static Optional<Pcm> of(byte[] file) {
        if (!Wav.isWav(file)) {
            return Optional.empty();
        }
        ByteBuffer wav = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        Pcm format = new Pcm(0, 0, 0, Bytes.of(new byte[0]));
        int chunk = HEADER;
        while (chunk + 8 <= file.length) {
            int size = wav.getInt(chunk + 4);
            int begin = chunk + 8;
            if (wav.getInt(chunk) == DATA) {
                // The length may be nonsense, where it was written before the sound was made.
                int end = size < 0 || size > file.length - begin ? file.length : begin + size;
                Pcm sound = new Pcm(
                        format.rate, format.width, format.channels, Bytes.of(Arrays.copyOfRange(file, begin, end)));
                return Optional.of(sound).filter(Pcm::isPlayable);
            }
            if (size < 0 || size > file.length - begin) {
                return Optional.empty();
            }
            if (wav.getInt(chunk) == FORMAT && size >= MIN_FORMAT && wav.getShort(begin) == 1) {
                format = new Pcm(
                        wav.getInt(begin + 4), wav.getShort(begin + 14) / 8, wav.getShort(begin + 2), format.samples);
            }
            chunk = begin + size + (size & 1);
        }
        return Optional.empty();
    }

    /** The same as a WAV file. */
    public Bytes toWav() {
        ByteBuffer wav = ByteBuffer.allocate(WAV_HEADER + samples.length()).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(WAV_HEADER - 8 + samples.length());
        wav.put("WAVE".getBytes(StandardCharsets.US_ASCII));
        wav.putInt(FORMAT).putInt(MIN_FORMAT).putShort((short) 1).putShort((short) channels);
        wav.putInt(rate).putInt(rate * channels * width);
        wav.putShort((short) (channels * width)).putShort((short) (width * 8));
        wav.putInt(DATA).putInt(samples.length()).put(samples.array());
        return Bytes.of(wav.array());
    }
}
