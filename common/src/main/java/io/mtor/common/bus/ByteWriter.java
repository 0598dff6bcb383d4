// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers, strings and frames into a growing array. */
final class ByteWriter {

    private byte[] array = new byte[256];

    private int length;

    void writeByte(int value) {
        ensure(1);
        array[length++] = (byte) value;
    }

    /** A number in one to ten bytes: zig-zag, seven bits a byte, the lowest first. */
    void writeVarLong(long value) {
        ensure(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            array[length++] = (byte) ((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        array[length++] = (byte) rest;
    }

    void writeString(String value) {
        writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void writeBytes(byte[] bytes) {
        writeVarLong(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    /** Leaves room for a length and returns where. */
    int beginFrame() {
        ensure(Integer.BYTES);
        length += Integer.BYTES;
        return length;
    }

    /** Fills in the length of the frame that began at {@code start}. */
    void endFrame(int start) {
        int size = length - start;
        for (int i = 1; i <= Integer.BYTES; i++) {
            array[start - i] = (byte) size;
            size >>>= 8;
        }
    }

    byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    private void ensure(int more) {
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
