// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name was meant by one that does not exist. */
final class Suggestion {

    private static final int LONGEST = 200;

    private Suggestion() {}

    /** {@code "; did you mean x?"}, or nothing when no name is near. */
    static String forName(String given, Collection<String> names) {
        return nearest(given, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static Optional<String> nearest(String given, Collection<String> names) {
        if (given.length() > LONGEST) {
            return Optional.empty();
        }
        int limit = Math.max(2, given.length() / 4);
        return names.stream()
                .filter(name -> distance(given, name) <= limit)
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .or(() -> names.stream()
                        .filter(name -> lastPart(name).equals(lastPart(given)))
                        .findFirst());
    }

    private static String lastPart(String name) {
        return name.replaceFirst("^.*[.-]", "");
    }

    /** How many letters must be put in, taken out or replaced to make one word of the other (Levenshtein, 1965). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
