// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.edge;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.mtor.common.bus.BusMessage;
import io.mtor.common.protocol.ProtocolJson;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of {@link EdgeMessage}: an object with a {@code type}; what is inside as {@code message} or {@code
 * announcement} has a {@code type} of its own, the name of its record. Fields are the components in snake_case, bytes are
 * base64, what is null is left out and unknown fields are ignored.
 *
 * <p>It is read as hostile: nothing that must be there is null afterwards, at any depth, and what was sent without it is
 * refused by name.
 */
public final class EdgeJson {

    /** What all messages that cross the edge have in common, told apart as {@link EdgeMessage}s are. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    private static final ObjectMapper MAPPER = mapper();

    private EdgeJson() {}

    private static ObjectMapper mapper() {
        ObjectMapper mapper = ProtocolJson.MAPPER.copy();
        mapper.addMixIn(BusMessage.class, Typed.class);
        // A record says what it is by its components; its other methods are no part of it.
        mapper.setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE);
        mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        register(mapper, BusMessage.class);
        return mapper;
    }

    private static void register(ObjectMapper mapper, Class<?> type) {
        if (type.isRecord()) {
            mapper.registerSubtypes(new NamedType(type, nameOf(type)));
        } else if (type.isSealed()) {
            for (Class<?> each : type.getPermittedSubclasses()) {
                register(mapper, each);
            }
        }
    }

    /** {@code WorkerReport} becomes {@code worker-report}. */
    private static String nameOf(Class<?> type) {
        return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    public static String encode(EdgeMessage message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message could not be written", e);
        }
    }

    /**
     * Reads what the other side said.
     *
     * @throws IllegalArgumentException if that side does not say it, naming the message, or if it is no message of ours,
     *     naming the field but nothing of what is in it
     */
    public static <M extends EdgeMessage> M decode(String frame, Class<M> side) {
        EdgeMessage message;
        try {
            message = MAPPER.readValue(frame, EdgeMessage.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(whatIsWrong(e));
        }
        requireComplete(message, "message");
        if (!side.isInstance(message)) {
            throw new IllegalArgumentException(nameOf(message.getClass()) + " is for the other side to say");
        }
        return side.cast(message);
    }

    /** What a parser says of itself repeats what it read, which may be what a user wrote. */
    private static String whatIsWrong(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."))
                : "";
        return field.isEmpty() ? "it is no JSON of ours" : "the field " + field + " cannot be read";
    }

    private static void requireComplete(@Nullable Object value, String what) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is missing");
        } else if (value instanceof List<?> list) {
            list.forEach(each -> requireComplete(each, what));
        } else if (value instanceof Record) {
            for (RecordComponent each : value.getClass().getRecordComponents()) {
                Object component = component(value, each);
                if (component != null || !each.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    requireComplete(component, each.getName());
                }
            }
        }
    }

    private static @Nullable Object component(Object value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the accessor of " + component + " failed", e);
        }
    }
}
