// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keeps the words of a user out of what a model server says went wrong, for some repeat there what they were given. */
public final class Discreet {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Shorter words are in every message and tell nothing. */
    private static final int SHORTEST_WORD = 4;

    private static final int MAX_CHARS = 200;

    private final Set<String> words;

    /** @param texts all that the user wrote */
    public Discreet(String... texts) {
        words = Arrays.stream(texts)
                .flatMap(text -> words(text).stream())
                .filter(word -> word.length() >= SHORTEST_WORD)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The first line of the message, shortened; empty if it has a word of the user's in it. */
    public String firstLine(String message) {
        String line = message.strip().lines().findFirst().orElse("").strip();
        boolean tells = words(line).stream().anyMatch(words::contains);
        return tells ? "" : line.substring(0, Math.min(line.length(), MAX_CHARS));
    }

    private static Set<String> words(String text) {
        return BETWEEN_WORDS.splitAsStream(text.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
