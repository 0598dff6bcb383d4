// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.List;

/**
 * One value as a user gave it.
 *
 * @param texts its text, or the texts of a list
 * @param list whether it was written as a list
 * @param origin where it came from
 */
record Given(List<String> texts, boolean list, String origin) {

    static Given of(String text, String origin) {
        return new Given(List.of(text), false, origin);
    }

    /** The elements: those of the list, or the parts between commas. */
    List<String> elements() {
        return list
                ? texts
                : List.of(texts.getFirst().split(",")).stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }
}
