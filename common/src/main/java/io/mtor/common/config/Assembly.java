// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import io.mtor.common.config.Node.Leaf;
import io.mtor.common.config.Node.Section;
import io.mtor.common.config.Node.Sections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the records from what the sources say, and notes every effective value and every error on the way. */
final class Assembly {

    private static final String DEFAULT = "default";

    private final List<Source> sources;
    private final boolean complete;
    private final List<Entry> entries = new ArrayList<>();
    private final List<ConfigError> errors = new ArrayList<>();

    /**
     * Starts with nothing made.
     *
     * @param sources the strongest first
     * @param complete whether every source could be read; if not, a missing key is not worth an error
     */
    Assembly(List<Source> sources, boolean complete) {
        this.sources = List.copyOf(sources);
        this.complete = complete;
    }

    List<Entry> entries() {
        return entries;
    }

    List<ConfigError> errors() {
        return errors;
    }

    /** The record of this section at this place, or null if it is left out or something in it is wrong. */
    @Nullable
    Object section(Section section, String path) {
        if (section.nullable() && sources.stream().noneMatch(source -> source.mentions(path))) {
            return null;
        }
        int before = errors.size();
        @Nullable
        Object[] components = section.children().stream()
                .map(child -> component(child, place(child, section, path)))
                .toArray();
        if (errors.size() > before) {
            return null;
        }
        try {
            return Records.create(section.type(), components);
        } catch (IllegalArgumentException e) {
            String message = Objects.requireNonNullElse(e.getMessage(), "refused");
            errors.add(new ConfigError(path.isEmpty() ? "configuration" : path, "together", message));
            return null;
        }
    }

    private @Nullable Object component(Node node, String path) {
        return switch (node) {
            case Leaf leaf -> leaf(leaf, path);
            case Section section -> section(section, path);
            case Sections list -> sections(list, path);
        };
    }

    private List<Object> sections(Sections list, String path) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; mentions(path + "[" + i + "]"); i++) {
            Object element = section(list.element(), path + "[" + i + "]");
            if (element != null) {
                elements.add(element);
            }
        }
        return elements;
    }

    private boolean mentions(String path) {
        return sources.stream().anyMatch(source -> source.mentions(path));
    }

    private @Nullable Object leaf(Leaf leaf, String path) {
        Given given = sources.stream()
                .map(source -> source.get(path))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (given != null) {
            return value(leaf, path, given);
        }
        List<String> defaults = Arrays.asList(leaf.key().byDefault());
        if (!defaults.isEmpty() || (leaf.list() && !leaf.nullable())) {
            return value(leaf, path, new Given(defaults, leaf.list(), DEFAULT));
        }
        if (!leaf.nullable() && complete) {
            errors.add(new ConfigError(path, "nowhere", "is missing; it must be " + leaf.allowed()));
        }
        return null;
    }

    private @Nullable Object value(Leaf leaf, String path, Given given) {
        if (!leaf.list() && given.list()) {
            refuse(leaf, path, given, "a list");
            return null;
        }
        List<String> texts = leaf.list() ? given.elements() : given.texts();
        List<Object> values = new ArrayList<>();
        for (String text : texts) {
            Object value = single(leaf, path, given, text);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        String written = values.stream().map(leaf.type().writer()).collect(Collectors.joining(", "));
        entries.add(new Entry(path, leaf.list() ? "[" + written + "]" : written, given.origin()));
        return leaf.list() ? List.copyOf(values) : values.getFirst();
    }

    private @Nullable Object single(Leaf leaf, String path, Given given, String text) {
        try {
            Object value = leaf.type().reader().apply(text);
            if (isWithin(leaf, value)) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            if (leaf.type().explains()) {
                errors.add(new ConfigError(path, given.origin(), String.valueOf(e.getMessage())));
                return null;
            }
        }
        refuse(leaf, path, given, leaf.type().secret() ? Secret.MASK : '"' + text + '"');
        return null;
    }

    private void refuse(Leaf leaf, String path, Given given, String was) {
        errors.add(new ConfigError(path, given.origin(), "must be " + leaf.allowed() + ", not " + was));
    }

    private static boolean isWithin(Leaf leaf, Object value) {
        return (leaf.key().atLeast().isEmpty()
                        || compare(leaf, value, leaf.key().atLeast()) >= 0)
                && (leaf.key().atMost().isEmpty()
                        || compare(leaf, value, leaf.key().atMost()) <= 0);
    }

    @SuppressWarnings("unchecked") // a limit is read as the same type as the value
    private static int compare(Leaf leaf, Object value, String limit) {
        return ((Comparable<Object>) value).compareTo(leaf.type().reader().apply(limit));
    }

    private static String place(Node child, Section section, String path) {
        String name = child.path()
                .substring(section.path().isEmpty() ? 0 : section.path().length() + 1);
        return path.isEmpty() ? name : path + "." + name;
    }
}
