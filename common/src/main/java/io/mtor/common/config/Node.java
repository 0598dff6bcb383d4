// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.List;

/** A part of a configuration's shape: a key, a section of keys, or a list of sections. */
sealed interface Node {

    /**
     * Its place, such as {@code gateway.port}. Within a list of sections the index is left open:
     * {@code command[].program}.
     */
    String path();

    /**
     * One key with one value, or with a list of values.
     *
     * @param path see {@link Node#path}
     * @param type how one value is read
     * @param list whether there are several, separated by commas in a flag or a variable
     * @param nullable whether it may be left out although it has no default
     * @param key what the record says about it
     */
    record Leaf(String path, ValueType type, boolean list, boolean nullable, Key key) implements Node {

        /** What a user may write here. */
        String allowed() {
            String range = range();
            String one = range.isEmpty() ? type.allowed() : type.allowed() + ", " + range;
            return list ? "a list, each " + one : one;
        }

        private String range() {
            if (key.atLeast().isEmpty()) {
                return key.atMost().isEmpty() ? "" : "at most " + key.atMost();
            }
            return key.atMost().isEmpty() ? "at least " + key.atLeast() : key.atLeast() + " to " + key.atMost();
        }
    }

    /**
     * A record of further keys.
     *
     * @param path see {@link Node#path}; empty for the whole
     * @param type the record
     * @param nullable whether it is null, rather than all defaults, when nothing in it is given
     * @param children one for each component, in order
     */
    record Section(String path, Class<?> type, boolean nullable, List<Node> children) implements Node {}

    /**
     * A list of records, written as {@code [[tables]]} in the file.
     *
     * @param path see {@link Node#path}
     * @param element the shape of each; its path ends in {@code []}
     */
    record Sections(String path, Section element) implements Node {}
}
