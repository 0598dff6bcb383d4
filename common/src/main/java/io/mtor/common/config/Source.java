// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one source of configuration says: values by path, and what is wrong with it. */
final class Source {

    private final Map<String, Given> values = new LinkedHashMap<>();
    private final Set<String> sections = new LinkedHashSet<>();
    private final List<ConfigError> errors = new ArrayList<>();

    void put(String path, Given given) {
        Given before = values.putIfAbsent(path, given);
        if (before != null) {
            refuse(path, given.origin(), "given twice, also as " + before.origin());
        }
    }

    /** Notes that a section was written, be it empty. */
    void open(String section) {
        sections.add(section);
    }

    void refuse(String path, String origin, String problem) {
        errors.add(new ConfigError(path, origin, problem));
    }

    @Nullable
    Given get(String path) {
        return values.get(path);
    }

    /** Whether this section, or anything in it, is given. */
    boolean mentions(String path) {
        return sections.contains(path) || values.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
    }

    List<ConfigError> errors() {
        return errors;
    }
}
