// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types that a single configuration value can have. */
final class ValueTypes {

    static final String TRUE_OR_FALSE = "true or false";

    private static final Map<Class<?>, ValueType> KNOWN = Map.ofEntries(
            Map.entry(String.class, plain("text", text -> text)),
            Map.entry(int.class, plain("a whole number", Integer::valueOf)),
            Map.entry(Integer.class, plain("a whole number", Integer::valueOf)),
            Map.entry(long.class, plain("a whole number", Long::valueOf)),
            Map.entry(Long.class, plain("a whole number", Long::valueOf)),
            Map.entry(double.class, plain("a number", ValueTypes::finite)),
            Map.entry(Double.class, plain("a number", ValueTypes::finite)),
            Map.entry(boolean.class, plain(TRUE_OR_FALSE, ValueTypes::truth)),
            Map.entry(Boolean.class, plain(TRUE_OR_FALSE, ValueTypes::truth)),
            Map.entry(Size.class, plain("a size such as 512B, 64KiB or 1MiB", Size::parse)),
            Map.entry(Duration.class, duration()),
            Map.entry(Path.class, plain("a path", ValueTypes::path)),
            Map.entry(URI.class, plain("a URL such as http://127.0.0.1:11434", ValueTypes::url)),
            Map.entry(Secret.class, new ValueType("a secret", Secret::new, Object::toString, true, true)));

    private ValueTypes() {}

    /** How values of this class are read, or nothing if it is not the class of a single value. */
    static Optional<ValueType> of(Class<?> type) {
        ValueType known = KNOWN.get(type);
        if (known != null) {
            return Optional.of(known);
        }
        if (type.isEnum()) {
            return Optional.of(oneOf(type.getEnumConstants()));
        }
        return wrapsText(type) ? Optional.of(wrapper(type)) : Optional.empty();
    }

    private static ValueType plain(String allowed, Function<String, Object> reader) {
        return new ValueType(allowed, reader, Object::toString, false, false);
    }

    private static ValueType duration() {
        return new ValueType(
                "a duration such as 250ms, 5s, 2m, 1h or 1d",
                Durations::parse,
                value -> Durations.text((Duration) value),
                false,
                false);
    }

    /** A record around a single text, such as an id: it checks itself, and its words are what the user reads. */
    private static boolean wrapsText(Class<?> type) {
        if (!type.isRecord() || type.getRecordComponents().length != 1) {
            return false;
        }
        RecordComponent only = type.getRecordComponents()[0];
        return only.getType() == String.class && !only.isAnnotationPresent(Key.class);
    }

    private static ValueType wrapper(Class<?> type) {
        RecordComponent only = type.getRecordComponents()[0];
        return new ValueType(
                "text",
                text -> Records.create(type, text),
                value -> String.valueOf(Records.read(only, value)),
                false,
                true);
    }

    private static ValueType oneOf(Object[] constants) {
        Map<String, Object> byName =
                Arrays.stream(constants).collect(Collectors.toMap(ValueTypes::spelled, constant -> constant));
        String allowed =
                "one of " + Arrays.stream(constants).map(ValueTypes::spelled).collect(Collectors.joining(", "));
        Function<String, Object> reader = text -> Optional.ofNullable(byName.get(text.toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new IllegalArgumentException("not " + allowed));
        return new ValueType(allowed, reader, ValueTypes::spelled, false, false);
    }

    private static String spelled(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Double finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not finite: " + text);
        }
        return value;
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false: " + text);
        };
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getScheme() == null || url.getHost() == null) {
            throw new IllegalArgumentException("no scheme and host: " + text);
        }
        return url;
    }
}
