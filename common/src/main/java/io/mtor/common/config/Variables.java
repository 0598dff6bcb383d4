// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The environment: {@code MTOR_GATEWAY_PORT}. A variable in our name space that is no key is an error. */
final class Variables {

    /** Names the file, as {@link Flags#FILE} does. */
    static final String FILE = "MTOR_CONFIG";

    /**
     * What belongs to the log, the script {@code mtor}, its commands and its tests. All processes of a machine may see
     * them, and those that have no such key must not mind.
     */
    private static final Set<String> NOT_KEYS =
            Set.of(FILE, "MTOR_LOG", "MTOR_LOG_LEVEL", "MTOR_JAVA_OPTS", "MTOR_TOOLS", "MTOR_URL", "MTOR_PORT");

    private Variables() {}

    static Source read(Schema schema, Aliases aliases, Map<String, String> environment) {
        var paths = new LinkedHashMap<String, String>();
        schema.settable().forEach(leaf -> {
            String other = paths.put(Schema.variable(leaf.path()), leaf.path());
            if (other != null) {
                throw new IllegalArgumentException(other + " and " + leaf.path() + " have one name in the environment");
            }
        });
        aliases.variables()
                .forEach((name, path) -> paths.put(name, schema.leaf(path).path()));
        var source = new Source();
        new TreeMap<>(environment).forEach((name, value) -> {
            String path = paths.get(name);
            if (path != null) {
                source.put(path, Given.of(value, "variable " + name));
            } else if (name.startsWith("MTOR_") && !isForeign(name, aliases)) {
                source.refuse(name, "variable", "unknown variable" + Suggestion.forName(name, paths.keySet()));
            }
        });
        return source;
    }

    private static boolean isForeign(String name, Aliases aliases) {
        return NOT_KEYS.contains(name) || aliases.ignored().contains(name);
    }
}
