// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import io.mtor.common.config.Node.Leaf;
import io.mtor.common.config.Node.Section;
import io.mtor.common.config.Node.Sections;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a configuration, read from its record: every key with its path, type and default.
 *
 * @param root the whole
 * @param leaves every key by path, in the order of the records
 * @param sections every section and list of sections by path
 */
record Schema(Section root, Map<String, Leaf> leaves, Map<String, Node> sections) {

    static Schema of(Class<? extends Record> type) {
        var leaves = new LinkedHashMap<String, Leaf>();
        var sections = new LinkedHashMap<String, Node>();
        Section root = section("", type, false);
        collect(root, leaves, sections);
        return new Schema(root, leaves, sections);
    }

    /** The keys that a flag or a variable can set: all but those inside a list of sections. */
    List<Leaf> settable() {
        return leaves.values().stream()
                .filter(leaf -> !leaf.path().contains("[]"))
                .toList();
    }

    /** The key at this path, which a service names in its own code. */
    Leaf leaf(String path) {
        Leaf leaf = leaves.get(path);
        if (leaf == null) {
            throw new IllegalArgumentException("an alias names " + path + ", which is no key");
        }
        return leaf;
    }

    /** {@code cluster.bind_host} as a flag: {@code --cluster.bind-host}. */
    static String flag(String path) {
        return "--" + path.replace('_', '-');
    }

    /** {@code cluster.bind_host} as an environment variable: {@code MTOR_CLUSTER_BIND_HOST}. */
    static String variable(String path) {
        return "MTOR_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static void collect(Node node, Map<String, Leaf> leaves, Map<String, Node> sections) {
        switch (node) {
            case Leaf leaf -> leaves.put(leaf.path(), leaf);
            case Section section -> {
                sections.put(section.path(), section);
                section.children().forEach(child -> collect(child, leaves, sections));
            }
            case Sections list -> {
                sections.put(list.path(), list);
                collect(list.element(), leaves, sections);
            }
        }
    }

    private static Section section(String path, Class<?> type, boolean nullable) {
        List<Node> children = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = snakeCase(component.getName());
            children.add(node(path.isEmpty() ? name : path + "." + name, component));
        }
        return new Section(path, type, nullable, List.copyOf(children));
    }

    private static Node node(String path, RecordComponent component) {
        boolean list = component.getType() == List.class;
        Class<?> type = list ? elementOf(component) : component.getType();
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return ValueTypes.of(type)
                .<Node>map(value -> new Leaf(path, value, list, nullable, keyOf(component)))
                .orElseGet(() -> {
                    if (!type.isRecord()) {
                        throw new IllegalArgumentException(path + ": no configuration can hold a " + type.getName());
                    }
                    return list ? new Sections(path, section(path + "[]", type, false)) : section(path, type, nullable);
                });
    }

    private static Class<?> elementOf(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    private static Key keyOf(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        if (key == null) {
            throw new IllegalArgumentException(component.getDeclaringRecord().getName() + "." + component.getName()
                    + " needs a @Key that says what it is for");
        }
        return key;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
