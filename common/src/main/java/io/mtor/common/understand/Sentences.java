// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The words of a user, made ready for rules: one case, plain marks, and only the sentences that may ask for something. */
final class Sentences {

    /** Whoever asks for something does so at the beginning; the rest is the text it is to be done with. */
    private static final int MAX_CHARACTERS = 400;

    /** A command may follow a sentence or two that lead to it. */
    private static final int MAX_SENTENCES = 4;

    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS;

    private static final Pattern WAKE =
            Pattern.compile("^(?:(?:hey|ok|okay|hi|hallo|hello),? )?computer\\b[,:;.!?]* *", FLAGS);

    private static final Pattern FILLER = Pattern.compile(
            "^(?:(?:hi|hello|hey|ok|okay|so|well|now|great|thanks|thank you|cool|yes|yeah|no|please|hallo|gut|also|danke"
                    + "|super|ja|nein|nun|jetzt|bitte|prima|toll|und|and|then|dann|today|heute|i'm bored|mir ist langweilig"
                    + "|good (?:morning|evening)|guten (?:morgen|abend|tag)|computer)[,;:.! -]+)+",
            FLAGS);

    private static final Pattern POLITE = Pattern.compile(
            "^(?:(?:can|could|would|will|may) (?:you|i ask you to)(?: please| kindly| maybe| perhaps| just| now| quickly)*"
                    + "|would you mind|be so kind and|i (?:want|would like|need) you to|i'd like you to|go ahead and|try to"
                    + "|(?:kannst|könntest|würdest|magst|willst|kann) du(?: bitte| mal| vielleicht| kurz)*"
                    + "|(?:können|könnten|würden) sie(?: bitte| mal)*|please|kindly|just|quickly|bitte) ",
            FLAGS);

    private static final Pattern END = Pattern.compile("(?<=[.!?]) +(?=\\S)");

    private Sentences() {}

    /** The sentences that may be commands; none if nothing was said. */
    static List<String> of(String text) {
        String head = text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text;
        String plain = head.toLowerCase(Locale.ROOT)
                .replaceAll("[\u2018\u2019\u00b4`]", "'")
                .replaceAll("[\u201c\u201d\u201e\u00ab\u00bb]", "\"")
                .replaceAll("\\s+", " ")
                .strip();
        plain = WAKE.matcher(plain).replaceFirst("");
        List<String> sentences = new ArrayList<>();
        for (String sentence : END.split(plain, MAX_SENTENCES)) {
            String bare = stripped(sentence);
            if (!bare.isEmpty()) {
                sentences.add(bare);
            }
        }
        return sentences;
    }

    private static String stripped(String sentence) {
        String bare = sentence;
        for (int i = 0; i < MAX_SENTENCES; i++) {
            bare = FILLER.matcher(bare).replaceFirst("");
            bare = POLITE.matcher(bare).replaceFirst("");
        }
        return bare.strip();
    }
}
