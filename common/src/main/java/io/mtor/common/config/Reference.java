// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import io.mtor.common.config.Node.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the keys of a service are, for {@code --help} and for the reference page: both from its records. */
public final class Reference {

    private Reference() {}

    /** The keys as a text for a terminal. */
    public static String help(String program, Class<? extends Record> type, Aliases aliases) {
        Schema schema = Schema.of(type);
        var text = new StringBuilder("Usage: " + program + " [--key value]...\n\n");
        for (Leaf leaf : schema.settable()) {
            text.append("  ").append(String.join(", ", flags(leaf, aliases))).append('\n');
            text.append("      ")
                    .append(leaf.key().doc())
                    .append(" (")
                    .append(leaf.allowed())
                    .append(")\n");
            text.append("      ").append(defaultOf(leaf)).append("; ");
            text.append(String.join(", ", variables(leaf, aliases))).append('\n');
        }
        text.append("\n  --config FILE     read a TOML file; also MTOR_CONFIG\n");
        text.append("  --show-config     print every effective value and where it came from, then stop\n");
        text.append("  --help, -h        print this, then stop\n");
        text.append("\nA flag is stronger than a variable, a variable than the file, the file than the default.\n");
        return text.toString();
    }

    /** The keys as a table in Markdown. */
    public static String markdown(Class<? extends Record> type, Aliases aliases) {
        String rows = Schema.of(type).leaves().values().stream()
                .map(leaf -> String.format(
                        "| `%s` | %s | %s | %s | %s |%n",
                        leaf.path(), leaf.key().doc(), leaf.allowed(), defaultOf(leaf), others(leaf, aliases)))
                .collect(Collectors.joining());
        return "| key | what it is for | allowed | default | flag, variable |\n|---|---|---|---|---|\n" + rows;
    }

    /** The names of the environment variables that set a key of this record. */
    public static List<String> variables(Class<? extends Record> type, Aliases aliases) {
        return Schema.of(type).settable().stream()
                .flatMap(leaf -> variables(leaf, aliases).stream())
                .toList();
    }

    private static String others(Leaf leaf, Aliases aliases) {
        if (leaf.path().contains("[]")) {
            return "file only";
        }
        return "`" + String.join("`, `", flags(leaf, aliases)) + "`, `" + String.join("`, `", variables(leaf, aliases))
                + "`";
    }

    private static String defaultOf(Leaf leaf) {
        String[] defaults = leaf.key().byDefault();
        if (defaults.length > 0) {
            return "default " + (defaults[0].isEmpty() ? "empty" : String.join(", ", defaults));
        }
        if (leaf.list()) {
            return "default none";
        }
        return leaf.nullable() ? "may be left out" : "must be given";
    }

    private static List<String> flags(Leaf leaf, Aliases aliases) {
        return named(Schema.flag(leaf.path()), leaf, aliases.flags());
    }

    private static List<String> variables(Leaf leaf, Aliases aliases) {
        return named(Schema.variable(leaf.path()), leaf, aliases.variables());
    }

    private static List<String> named(String own, Leaf leaf, Map<String, String> aliases) {
        List<String> names = new ArrayList<>(List.of(own));
        new TreeMap<>(aliases).forEach((name, path) -> {
            if (path.equals(leaf.path())) {
                names.add(name);
            }
        });
        return names;
    }
}
