// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.tiny;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes GGUF, version 3, the file format of llama.cpp: a header, typed metadata, the table of tensors, then their
 * numbers. Everything is little-endian; tensors begin at multiples of 32 bytes.
 */
final class GgufWriter {

    private static final int VERSION = 3;

    private static final int ALIGNMENT = 32;

    /** Types of metadata values. */
    private static final int UINT32 = 4;

    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** The type of a tensor of floats. */
    private static final int F32 = 0;

    private static final class Tensor {

        private final String name;

        private final float[] values;

        private final int[] shape;

        Tensor(String name, float[] values, int[] shape) {
            this.name = name;
            this.values = values;
            this.shape = shape;
        }
    }

    private final Bytes metadata = new Bytes();

    private final List<Tensor> tensors = new ArrayList<>();

    private int keys;

    GgufWriter put(String key, String value) {
        key(key, STRING).text(value);
        return this;
    }

    GgufWriter put(String key, int value) {
        key(key, UINT32).int32(value);
        return this;
    }

    GgufWriter put(String key, float value) {
        key(key, FLOAT32).float32(value);
        return this;
    }

    GgufWriter put(String key, boolean value) {
        key(key, BOOL).int8(value ? 1 : 0);
        return this;
    }

    GgufWriter putTexts(String key, List<String> values) {
        array(key, STRING, values.size());
        values.forEach(metadata::text);
        return this;
    }

    GgufWriter putFloats(String key, List<Float> values) {
        array(key, FLOAT32, values.size());
        values.forEach(metadata::float32);
        return this;
    }

    GgufWriter putInts(String key, List<Integer> values) {
        array(key, INT32, values.size());
        values.forEach(metadata::int32);
        return this;
    }

    private Bytes key(String key, int type) {
        keys++;
        return metadata.text(key).int32(type);
    }

    private void array(String key, int type, int size) {
        key(key, ARRAY).int32(type).int64(size);
    }

    /** @param shape the fastest dimension first */
    GgufWriter tensor(String name, float[] values, int... shape) {
        tensors.add(new Tensor(name, values, shape.clone()));
        return this;
    }

    void writeTo(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            write(channel, ByteBuffer.wrap(head()));
            for (Tensor tensor : tensors) {
                ByteBuffer numbers = ByteBuffer.allocate(aligned(tensor.values.length * Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
                numbers.asFloatBuffer().put(tensor.values);
                write(channel, numbers);
            }
        }
    }

    private byte[] head() {
        var head = new Bytes();
        head.ascii("GGUF").int32(VERSION).int64(tensors.size()).int64(keys).all(metadata);
        long offset = 0;
        for (Tensor tensor : tensors) {
            head.text(tensor.name).int32(tensor.shape.length);
            for (int size : tensor.shape) {
                head.int64(size);
            }
            head.int32(F32).int64(offset);
            offset += aligned(tensor.values.length * Float.BYTES);
        }
        return head.padded(ALIGNMENT);
    }

    private static int aligned(int size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Little-endian values, one after the other. */
    private static final class Bytes {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes int8(int value) {
            out.write(value);
            return this;
        }

        Bytes int32(int value) {
            for (int i = 0; i < Integer.BYTES; i++) {
                out.write(value >>> (8 * i));
            }
            return this;
        }

        Bytes int64(long value) {
            return int32((int) value).int32((int) (value >>> 32));
        }

        Bytes float32(float value) {
            return int32(Float.floatToIntBits(value));
        }

        Bytes ascii(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Bytes text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            int64(utf8.length);
            out.writeBytes(utf8);
            return this;
        }

        Bytes all(Bytes other) {
            out.writeBytes(other.out.toByteArray());
            return this;
        }

        byte[] padded(int alignment) {
            while (out.size() % alignment != 0) {
                out.write(0);
            }
            return out.toByteArray();
        }
    }
}
