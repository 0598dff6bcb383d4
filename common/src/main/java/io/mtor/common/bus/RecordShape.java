// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.bus;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record type: how to take it apart and put it together. */
final class RecordShape {

    private final Class<?> type;

    private final MethodHandle constructor;

    private final List<Component> components;

    private record Component(MethodHandle accessor, Part part) {}

    private RecordShape(Class<?> type, MethodHandle constructor, List<Component> components) {
        this.type = type;
        this.constructor = constructor;
        this.components = components;
    }

    static RecordShape of(Class<?> type) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            List<Component> components = new ArrayList<>();
            List<Class<?>> types = new ArrayList<>();
            for (RecordComponent each : type.getRecordComponents()) {
                MethodHandle accessor =
                        lookup.unreflect(each.getAccessor()).asType(MethodType.methodType(Object.class, Object.class));
                boolean nullable = each.getAnnotatedType().isAnnotationPresent(Nullable.class);
                components.add(new Component(accessor, Part.of(each.getGenericType(), nullable)));
                types.add(each.getType());
            }
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.size())
                    .asType(MethodType.methodType(Object.class, Object[].class));
            return new RecordShape(type, constructor, List.copyOf(components));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " cannot be sent over the bus", e);
        }
    }

    boolean isSingle() {
        return components.size() == 1;
    }

    void writeComponents(ByteWriter out, Object value) {
        for (Component each : components) {
            each.part.write(out, get(each.accessor, value));
        }
    }

    /** Reads up to the end of the frame; what comes after the components that are known is left. */
    Object readComponents(ByteReader in) {
        @Nullable Object[] values = new @Nullable Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Part part = components.get(i).part;
            values[i] = in.remaining() > 0 ? part.read(in) : part.missing();
        }
        return construct(values);
    }

    /** Reads a record of one component, which has no length of its own. */
    Object readSingle(ByteReader in) {
        return construct(new @Nullable Object[] {components.get(0).part.read(in)});
    }

    private Object construct(@Nullable Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type + " failed", e);
        }
    }

    private static @Nullable Object get(MethodHandle accessor, Object value) {
        try {
            return accessor.invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor failed", e);
        }
    }
}
