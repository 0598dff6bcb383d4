// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration that was read, and where each of its values came from.
 *
 * @param config the record
 * @param entries every effective value, secrets masked
 */
public record Loaded<C>(C config, List<Entry> entries) {

    public Loaded {
        entries = List.copyOf(entries);
    }

    /** Every effective value with its origin, a line each. */
    public String show() {
        int widest = entries.stream()
                .mapToInt(entry -> entry.path().length() + entry.value().length() + 3)
                .max()
                .orElse(0);
        return entries.stream()
                .map(entry -> String.format(
                        "%-" + widest + "s  # %s%n", entry.path() + " = " + entry.value(), entry.origin()))
                .collect(Collectors.joining());
    }
}
