// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote; anything that does not fit is an {@link IllegalArgumentException}. */
final class ByteReader {

    private final byte[] array;

    private int position;

    /** Where the innermost frame ends. */
    private int end;

    ByteReader(byte[] array) {
        this.array = array;
        this.end = array.length;
    }

    int remaining() {
        return end - position;
    }

    /** Reads the length of a frame and goes inside; returns what {@link #leaveFrame} needs. */
    int enterFrame() {
        int size = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            size = (size << 8) | (readByte() & 0xff);
        }
        need(size);
        int outerEnd = end;
        end = position + size;
        return outerEnd;
    }

    /** Passes over what is left of the frame. */
    void leaveFrame(int outerEnd) {
        position = end;
        end = outerEnd;
    }

    byte readByte() {
        need(1);
        return array[position++];
    }

    long readVarLong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = readByte();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IllegalArgumentException("a number has more than ten bytes");
    }

    int readVarInt() {
        long value = readVarLong();
        if (value != (int) value) {
            throw new IllegalArgumentException("a number is too large: " + value);
        }
        return (int) value;
    }

    String readString() {
        int size = readSize();
        var text = new String(array, position, size, StandardCharsets.UTF_8);
        position += size;
        return text;
    }

    byte[] readBytes() {
        int size = readSize();
        byte[] bytes = Arrays.copyOfRange(array, position, position + size);
        position += size;
        return bytes;
    }

    private int readSize() {
        long size = readVarLong();
        if (size < 0 || size > remaining()) {
            throw new IllegalArgumentException("a length of " + size + " where " + remaining() + " bytes are left");
        }
        return (int) size;
    }

    private void need(int size) {
        if (size < 0 || size > remaining()) {
            throw new IllegalArgumentException("the message ends too early");
        }
    }
}
