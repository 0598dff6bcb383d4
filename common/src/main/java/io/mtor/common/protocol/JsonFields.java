// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object with exact types: a number is not a string, a string is not a number, null is
 * not absent. What does not fit is an {@link IllegalArgumentException} that names the field.
 */
final class JsonFields {

    private final JsonNode object;

    private final String prefix;

    JsonFields(JsonNode object, String prefix) {
        if (!object.isObject()) {
            throw new IllegalArgumentException(
                    prefix.isEmpty() ? "a message must be a JSON object" : prefix + " must be an object");
        }
        this.object = object;
        this.prefix = prefix;
    }

    String string(String name, int maxLength) {
        return required(name, optionalString(name, maxLength));
    }

    @Nullable
    String optionalString(String name, int maxLength) {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            throw wrong(name, "must be a string");
        }
        if (node.textValue().length() > maxLength) {
            throw new TooLarge(path(name) + " is longer than " + maxLength + " characters");
        }
        return node.textValue();
    }

    /** A string that a value type checks further. */
    <T> T value(String name, Function<String, T> type) {
        return required(name, optionalValue(name, type));
    }

    <T> @Nullable T optionalValue(String name, Function<String, T> type) {
        String text = optionalString(name, 256);
        return text == null ? null : checked(() -> type.apply(text));
    }

    /** Builds a value that checks itself; what it complains of is said with the path of this object before it. */
    <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path(String.valueOf(e.getMessage())), e);
        }
    }

    int integer(String name, int min, int max) {
        return (int) (long) required(name, optionalLong(name, min, max));
    }

    @Nullable
    Long optionalLong(String name, long min, long max) {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < min || node.longValue() > max) {
            throw wrong(name, "must be an integer from " + min + " to " + max);
        }
        return node.longValue();
    }

    @Nullable
    Boolean optionalBoolean(String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isBoolean()) {
            throw wrong(name, "must be true or false");
        }
        return node.booleanValue();
    }

    /** One of the constants, by their names in lower case. */
    <E extends Enum<E>> @Nullable E optionalChoice(String name, E[] constants) {
        String text = optionalString(name, 64);
        if (text == null) {
            return null;
        }
        var allowed = new StringBuilder();
        for (E each : constants) {
            String lower = each.name().toLowerCase(Locale.ROOT);
            if (lower.equals(text)) {
                return each;
            }
            allowed.append(allowed.isEmpty() ? "" : ", ").append(lower);
        }
        throw wrong(name, "must be one of " + allowed);
    }

    /** The elements of an array, each read as an object. */
    <T> @Nullable List<T> optionalList(String name, int maxCount, Function<JsonFields, T> element) {
        JsonNode node = object.get(name);
        if (node == null) {
            return null;
        }
        if (!node.isArray()) {
            throw wrong(name, "must be an array");
        }
        if (node.size() > maxCount) {
            throw new TooLarge(path(name) + " has more than " + maxCount + " elements");
        }
        List<T> list = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            list.add(element.apply(new JsonFields(node.get(i), path(name) + "[" + i + "]")));
        }
        return list;
    }

    @Nullable
    JsonNode optionalObject(String name) {
        JsonNode node = object.get(name);
        if (node != null && !node.isObject()) {
            throw wrong(name, "must be an object");
        }
        return node;
    }

    String path(String name) {
        return prefix.isEmpty() ? name : prefix + "." + name;
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    private IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(path(name) + " " + what);
    }

    /** A field that is over its limit. */
    static final class TooLarge extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }
}
