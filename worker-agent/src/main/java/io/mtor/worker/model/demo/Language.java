// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The languages the demo speaks. */
enum Language {
    ENGLISH,
    GERMAN;

    private static final Set<String> GERMAN_WORDS = Set.of(
            "der",
            "das",
            "und",
            "ist",
            "ich",
            "du",
            "wer",
            "wie",
            "warum",
            "wo",
            "ein",
            "eine",
            "einen",
            "nicht",
            "mit",
            "für",
            "von",
            "auf",
            "kann",
            "kannst",
            "bitte",
            "danke",
            "hallo",
            "mir",
            "mich",
            "dir",
            "bist",
            "sind",
            "wir",
            "sag",
            "auch",
            "erzähl",
            "zeig",
            "male",
            "bild",
            "beschreibe",
            "dieses");

    private static final Pattern NO_LETTERS = Pattern.compile("[^a-z]+");

    /** German if it has a German letter or if a fifth of its words are plainly German; else English. */
    static Language of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.chars().anyMatch(c -> "äöüß".indexOf(c) >= 0)) {
            return GERMAN;
        }
        List<String> words = NO_LETTERS.splitAsStream(lower).toList();
        long german = words.stream().filter(GERMAN_WORDS::contains).count();
        return german > 0 && german * 5 >= words.size() ? GERMAN : ENGLISH;
    }
}
