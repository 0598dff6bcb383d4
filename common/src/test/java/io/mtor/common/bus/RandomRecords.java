// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.IntentId;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.common.protocol.Turn;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records of any type by their components; those that check themselves are made by hand. */
final class RandomRecords {

    private static final long[] EDGES = {0, 1, -1, 127, 128, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final Random random;

    RandomRecords(Random random) {
        this.random = random;
    }

    <R> R of(Class<R> type) {
        try {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            @Nullable Object[] values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                boolean nullable = components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
                values[i] = nullable && random.nextBoolean() ? null : value(components[i].getGenericType());
            }
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.toString(), e);
        }
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType list) {
            List<Object> values = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                values.add(value(list.getActualTypeArguments()[0]));
            }
            return values;
        }
        if (type == String.class) {
            return text();
        } else if (type == int.class || type == Integer.class) {
            return random.nextBoolean() ? random.nextInt() : (int) EDGES[random.nextInt(EDGES.length)];
        } else if (type == long.class || type == Long.class) {
            return random.nextBoolean() ? random.nextLong() : EDGES[random.nextInt(EDGES.length)];
        } else if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        } else if (type == double.class || type == Double.class) {
            return random.nextGaussian();
        }
        return ofClass((Class<?>) type);
    }

    private Object ofClass(Class<?> type) {
        if (type == Bytes.class) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            return Bytes.of(bytes);
        } else if (type == IntentId.class) {
            return new IntentId(new UUID(random.nextLong(), random.nextLong()).toString());
        } else if (type == QueryType.class) {
            return new QueryType("type-" + random.nextInt(100));
        } else if (type == Turn.class) {
            return new Turn("user", text());
        } else if (type == Media.class) {
            return random.nextBoolean()
                    ? Media.whole("image/png", (Bytes) ofClass(Bytes.class))
                    : Media.streamed("audio/ogg", 1 + random.nextInt(255));
        } else if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        boolean isId = type.getSimpleName().endsWith("Id");
        return isId ? id(type) : of(type);
    }

    private static final String[] TEXTS = {"", "a", "worker-1", "Grüße 😀", "x".repeat(200), "line\nline"};

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private Object id(Class<?> type) {
        try {
            return type.getConstructor(String.class).newInstance("id-" + random.nextInt(1_000));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.toString(), e);
        }
    }
}
