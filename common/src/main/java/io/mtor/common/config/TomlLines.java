// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the line of each key in a TOML file, for error messages; the parser keeps no lines.
 *
 * <p>It reads headers and keys at the start of lines, which is how people write them. A key that it does not find, say
 * inside an inline table, has the line of the nearest key or table around it.
 */
final class TomlLines {

    private static final Pattern HEADER = Pattern.compile("\\s*(\\[\\[?)\\s*([^\\]]+?)\\s*\\].*");
    private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.\"'-]+)\\s*=.*");

    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> tables = new HashMap<>();

    TomlLines(String toml) {
        String section = "";
        boolean inText = false;
        int number = 0;
        for (String line : toml.lines().toList()) {
            number++;
            if (!inText) {
                section = read(line, number, section);
            }
            inText ^= (line.split("\"\"\"|'''", -1).length - 1) % 2 == 1;
        }
    }

    /** The line of this path, or of what is around it; 1 if nothing is. */
    int of(String path) {
        for (String at = path; !at.isEmpty(); at = around(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    private String read(String line, int number, String section) {
        Matcher header = HEADER.matcher(line);
        if (header.matches()) {
            String name = indexed(header.group(2).replaceAll("[\"'\\s]", ""));
            if (header.group(1).length() == 2) {
                name += "[" + tables.merge(name, 0, (count, zero) -> count + 1) + "]";
            }
            lines.putIfAbsent(name, number);
            return name + ".";
        }
        Matcher key = KEY.matcher(line);
        if (key.matches()) {
            lines.putIfAbsent(section + key.group(1).replaceAll("[\"']", ""), number);
        }
        return section;
    }

    /** {@code command.env} within the third {@code [[command]]} is {@code command[2].env}. */
    private String indexed(String name) {
        String path = "";
        String[] parts = name.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            path += (i == 0 ? "" : ".") + parts[i];
            Integer index = tables.get(path);
            if (index != null && i < parts.length - 1) {
                path += "[" + index + "]";
            }
        }
        return path;
    }

    private static String around(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }
}
