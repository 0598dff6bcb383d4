// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import io.mtor.common.config.Node.Leaf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line: {@code --gateway.port 8081}, {@code --gateway.port=8081}, {@code --some.switch}, and the switches
 * that every service has.
 */
final class Flags {

    /** Asks for the list of keys. */
    static final String HELP = "--help";
    /** Asks for every effective value and where it came from. */
    static final String SHOW = "--show-config";
    /** Names the file. */
    static final String FILE = "--config";

    private static final Set<String> WORDS = Set.of(HELP, "-h", SHOW);

    private final Source source = new Source();
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();

    private @Nullable String file;

    private Flags(Schema schema, Aliases aliases) {
        schema.settable().forEach(leaf -> leaves.put(Schema.flag(leaf.path()), leaf));
        aliases.flags().forEach((flag, path) -> leaves.put(flag, schema.leaf(path)));
    }

    static Flags read(Schema schema, Aliases aliases, List<String> args) {
        var flags = new Flags(schema, aliases);
        int next = 0;
        while (next < args.size()) {
            next = flags.take(args, next);
        }
        return flags;
    }

    Source source() {
        return source;
    }

    @Nullable
    String file() {
        return file;
    }

    /** Takes the argument at this place, with its value, and says where the next one is. */
    private int take(List<String> args, int at) {
        String argument = args.get(at);
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        String flag = name.replace('_', '-');
        Leaf leaf = leaves.get(flag);
        boolean bare = leaf != null && isSwitch(leaf);
        if (leaf == null && !flag.equals(FILE)) {
            takeWord(argument, flag, name);
            return at + 1;
        }
        if (equals >= 0) {
            accept(flag, leaf, argument.substring(equals + 1));
            return at + 1;
        }
        String following = at + 1 < args.size() ? args.get(at + 1) : null;
        if (bare && !"true".equals(following) && !"false".equals(following)) {
            accept(flag, leaf, "true");
            return at + 1;
        }
        if (following == null || following.startsWith("--")) {
            source.refuse(name, "flag", "needs a value" + (leaf == null ? "" : ": " + leaf.allowed()));
            return at + 1;
        }
        accept(flag, leaf, following);
        return at + 2;
    }

    private void accept(String flag, @Nullable Leaf leaf, String value) {
        if (leaf != null) {
            source.put(leaf.path(), Given.of(value, "flag " + flag));
        } else if (file == null) {
            file = value;
        } else {
            source.refuse(FILE, "flag", "given twice");
        }
    }

    private void takeWord(String argument, String flag, String name) {
        if (WORDS.contains(argument)) {
            return; // CommandLine answers these
        }
        if (name.startsWith("-")) {
            source.refuse(name, "flag", "unknown flag" + Suggestion.forName(flag, leaves.keySet()));
        } else {
            source.refuse(argument, "argument", "nothing takes an argument here; flags begin with --");
        }
    }

    private static boolean isSwitch(Leaf leaf) {
        return !leaf.list() && leaf.type().allowed().equals(ValueTypes.TRUE_OR_FALSE);
    }
}
