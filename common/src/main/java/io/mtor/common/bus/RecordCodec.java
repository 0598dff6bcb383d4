// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into bytes and back, by their components.
 *
 * <p>A message is one byte for its type, then its components in order. A record inside a record begins with its length
 * in bytes. That is what lets two versions talk: components may only be added at the end; an older reader skips what
 * it does not know, and a newer one reads what is missing as null, zero, false or an empty list. A record of one
 * component, such as an id, is written as that component alone.
 *
 * <p>Supported components: {@code boolean}, {@code int}, {@code long}, {@code double}, their boxes and any other type
 * marked {@code @Nullable}, strings, enums, {@code Bytes}, lists, and records of these. Anything else fails when the
 * codec is built, not when it is used.
 *
 * @param <R> what the messages have in common
 */
final class RecordCodec<R> {

    private final List<RecordShape> shapes;

    private final Map<Class<?>, Integer> numbers = new HashMap<>();

    /** @param types the messages; the position is the number on the wire */
    RecordCodec(List<Class<? extends R>> types) {
        shapes = types.stream().map(RecordShape::of).toList();
        for (int i = 0; i < types.size(); i++) {
            numbers.put(types.get(i), i);
        }
    }

    byte[] encode(R message) {
        Integer number = numbers.get(message.getClass());
        if (number == null) {
            throw new IllegalArgumentException(message.getClass().getSimpleName() + " has no number on the wire");
        }
        var out = new ByteWriter();
        out.writeByte(number);
        shapes.get(number).writeComponents(out, message);
        return out.toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are no message of ours */
    @SuppressWarnings("unchecked")
    R decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        int number = in.readByte() & 0xff;
        if (number >= shapes.size()) {
            throw new IllegalArgumentException("no message has the number " + number + "; it is from a newer version");
        }
        return (R) shapes.get(number).readComponents(in);
    }

    /**
     * The signature of every message and of every record and enum in one, for the test that notices an incompatible
     * change.
     */
    String describe() {
        var text = new StringBuilder();
        Set<Class<?>> parts = new TreeSet<>(Comparator.comparing(Class::getSimpleName));
        numbers.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(e -> {
            text.append(e.getValue()).append(' ').append(e.getKey().getSimpleName());
            text.append(describe(e.getKey())).append('\n');
            collectParts(e.getKey(), parts);
        });
        for (Class<?> part : parts) {
            text.append(part.getSimpleName())
                    .append(part.isEnum() ? Arrays.toString(part.getEnumConstants()) : describe(part))
                    .append('\n');
        }
        return text.toString();
    }

    private static void collectParts(Class<?> type, Set<Class<?>> parts) {
        for (RecordComponent each : type.getRecordComponents()) {
            Type of = each.getGenericType() instanceof ParameterizedType list
                    ? list.getActualTypeArguments()[0]
                    : each.getGenericType();
            if (of instanceof Class<?> part && part.isEnum()) {
                parts.add(part);
            } else if (of instanceof Class<?> part && part.isRecord() && parts.add(part)) {
                collectParts(part, parts);
            }
        }
    }

    private static String describe(Class<?> type) {
        var names = new StringBuilder("(");
        for (RecordComponent each : type.getRecordComponents()) {
            boolean nullable = each.getAnnotatedType().isAnnotationPresent(Nullable.class);
            names.append(names.length() == 1 ? "" : ", ")
                    .append(nullable ? "@Nullable " : "")
                    .append(each.getGenericType().getTypeName().replaceAll("[a-z.]+\\.|[A-Za-z]+\\$", ""))
                    .append(' ')
                    .append(each.getName());
        }
        return names.append(')').toString();
    }
}
