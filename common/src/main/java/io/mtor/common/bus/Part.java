// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.Bytes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one component of a record is written and read. */
interface Part {

    void write(ByteWriter out, @Nullable Object value);

    @Nullable
    Object read(ByteReader in);

    /** What stands for a component that an older writer did not know. */
    @Nullable
    Object missing();

    static Part of(Type type, boolean nullable) {
        if (nullable) {
            return new Optional(of(type, false));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new Many(of(generic.getActualTypeArguments()[0], false));
        }
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        throw new IllegalArgumentException(type + " cannot be sent over the bus");
    }

    private static Part ofClass(Class<?> type) {
        if (type == String.class) {
            return new Simple((out, v) -> out.writeString((String) v), ByteReader::readString, null);
        } else if (type == int.class || type == Integer.class) {
            return new Simple((out, v) -> out.writeVarLong((Integer) v), ByteReader::readVarInt, 0);
        } else if (type == long.class || type == Long.class) {
            return new Simple((out, v) -> out.writeVarLong((Long) v), ByteReader::readVarLong, 0L);
        } else if (type == boolean.class || type == Boolean.class) {
            return new Simple((out, v) -> out.writeByte((Boolean) v ? 1 : 0), in -> in.readByte() != 0, false);
        } else if (type == double.class || type == Double.class) {
            return new Simple(
                    (out, v) -> out.writeVarLong(Double.doubleToRawLongBits((Double) v)),
                    in -> Double.longBitsToDouble(in.readVarLong()),
                    0.0);
        } else if (type == Bytes.class) {
            return new Simple(
                    (out, v) -> out.writeBytes(((Bytes) v).array()), in -> Bytes.of(in.readBytes()), Bytes.EMPTY);
        } else if (type.isEnum()) {
            return new Choice(type);
        } else if (type.isRecord()) {
            RecordShape shape = RecordShape.of(type);
            return shape.isSingle() ? new Single(shape) : new Framed(shape);
        }
        throw new IllegalArgumentException(type + " cannot be sent over the bus");
    }

    private static Object required(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a component is missing or null that must not be");
        }
        return value;
    }

    /** A value that knows how to write itself. */
    record Simple(Write writer, Read reader, @Nullable Object zero) implements Part {

        interface Write {
            void write(ByteWriter out, Object value);
        }

        interface Read {
            Object read(ByteReader in);
        }

        @Override
        public void write(ByteWriter out, @Nullable Object value) {
            writer.write(out, required(value));
        }

        @Override
        public Object read(ByteReader in) {
            return reader.read(in);
        }

        @Override
        public Object missing() {
            return required(zero);
        }
    }

    /** Null or a value: one byte says which. */
    record Optional(Part part) implements Part {

        @Override
        public void write(ByteWriter out, @Nullable Object value) {
            out.writeByte(value == null ? 0 : 1);
            if (value != null) {
                part.write(out, value);
            }
        }

        @Override
        public @Nullable Object read(ByteReader in) {
            return in.readByte() == 0 ? null : part.read(in);
        }

        @Override
        public @Nullable Object missing() {
            return null;
        }
    }

    /** A list: the count, then each. */
    record Many(Part part) implements Part {

        @Override
        public void write(ByteWriter out, @Nullable Object value) {
            List<?> list = (List<?>) required(value);
            out.writeVarLong(list.size());
            for (Object each : list) {
                part.write(out, each);
            }
        }

        @Override
        public Object read(ByteReader in) {
            long count = in.readVarLong();
            if (count < 0 || count > in.remaining()) {
                throw new IllegalArgumentException("a list claims " + count + " elements");
            }
            List<Object> list = new ArrayList<>(Math.min((int) count, 64));
            for (int i = 0; i < count; i++) {
                list.add(required(part.read(in)));
            }
            return list;
        }

        @Override
        public Object missing() {
            return List.of();
        }
    }

    /** A constant of an enum, by its name, so that constants may be added anywhere. */
    record Choice(Class<?> type) implements Part {

        @Override
        public void write(ByteWriter out, @Nullable Object value) {
            out.writeString(((Enum<?>) required(value)).name());
        }

        @Override
        public Object read(ByteReader in) {
            String name = in.readString();
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(type.getSimpleName() + " has no " + name);
        }

        @Override
        public Object missing() {
            return required(null);
        }
    }

    /** A record of one component: the component alone. */
    record Single(RecordShape shape) implements Part {

        @Override
        public void write(ByteWriter out, @Nullable Object value) {
            shape.writeComponents(out, required(value));
        }

        @Override
        public Object read(ByteReader in) {
            // One component consumes exactly its own bytes, so there is no end to move to.
            return shape.readSingle(in);
        }

        @Override
        public Object missing() {
            return required(null);
        }
    }

    /** A record inside a record: its length in bytes, then its components. */
    record Framed(RecordShape shape) implements Part {

        @Override
        public void write(ByteWriter out, @Nullable Object value) {
            int frame = out.beginFrame();
            shape.writeComponents(out, required(value));
            out.endFrame(frame);
        }

        @Override
        public Object read(ByteReader in) {
            int outer = in.enterFrame();
            Object value = shape.readComponents(in);
            in.leaveFrame(outer);
            return value;
        }

        @Override
        public Object missing() {
            return required(null);
        }
    }
}
