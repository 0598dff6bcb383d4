// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Short names that a service declares for some of its keys, and variables in our name space that it leaves alone.
 *
 * <pre>{@code
 * Aliases.none().flag("--port", "gateway.port").variable("MTOR_PORT", "gateway.port")
 * }</pre>
 *
 * @param flags flag to key
 * @param variables environment variable to key
 * @param ignored variables that begin with {@code MTOR_} and belong to someone else
 */
public record Aliases(Map<String, String> flags, Map<String, String> variables, Set<String> ignored) {

    public Aliases {
        flags = Map.copyOf(flags);
        variables = Map.copyOf(variables);
        ignored = Set.copyOf(ignored);
    }

    /** No short names. */
    public static Aliases none() {
        return new Aliases(Map.of(), Map.of(), Set.of());
    }

    /** These, and a short flag, such as {@code --port}. */
    public Aliases flag(String flag, String path) {
        return new Aliases(with(flags, flag, path), variables, ignored);
    }

    /** These, and a short environment variable, such as {@code MTOR_PORT}. */
    public Aliases variable(String variable, String path) {
        return new Aliases(flags, with(variables, variable, path), ignored);
    }

    /** These, and a variable that is no key of ours although its name looks so. */
    public Aliases ignoring(String variable) {
        var more = new LinkedHashSet<>(ignored);
        more.add(variable);
        return new Aliases(flags, variables, more);
    }

    private static Map<String, String> with(Map<String, String> map, String name, String path) {
        var more = new LinkedHashMap<>(map);
        if (more.put(name, path) != null) {
            throw new IllegalArgumentException(name + " is declared twice");
        }
        return more;
    }
}
