// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.demo;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The languages the demo speaks. */
enum Language {
    ENGLISH,
    GERMAN;

    private static final Set<String> GERMAN_WORDS = Set.of(
            "der",
            "die",
            "das",
            "und",
            "ist",
            "ich",
            "du",
            "wer",
            "wie",
            "was",
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
            "mal",
            "auch",
            "erzähl",
            "zeig",
            "male",
            "bild",
            "beschreibe",
            "dieses");

    /** German if it has a German letter or if a fifth of its words are plainly German; else English. */
    static Language of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.chars().anyMatch(c -> "äöüß".indexOf(c) >= 0)) {
            return GERMAN;
        }
        String[] words = lower.split("[^a-z]+");
        long german = Arrays.stream(words).filter(GERMAN_WORDS::contains).count();
        return german > 0 && german * 5 >= words.length ? GERMAN : ENGLISH;
    }
}
