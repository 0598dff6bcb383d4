// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import io.mtor.common.protocol.QueryType;
import java.util.List;
import java.util.Optional;

/**
 * Understands what is wanted when nobody has said it: by what is attached, and by a small grammar of cue words in English
 * and German ({@code rules.txt}).
 *
 * <p>A wrong picture costs a GPU half a minute and its user the answer, a wrong chat costs a sentence. So it is careful: a
 * command must stand at the beginning of a sentence, what only looks like one is named by rules of its own, and whoever is
 * not sure says chat.
 *
 * <p>Only the beginning of a text is read, so a long one costs no more than a short one.
 */
public final class Classifier {

    private static final Rules RULES = Rules.load();

    private static final Understood TALK = new Understood(QueryType.CHAT, 0.9, "no-cue");
    private static final Understood SILENCE = new Understood(QueryType.CHAT, 0, "no-words");
    private static final Understood RECORDING = new Understood(QueryType.TRANSCRIBE, 0.95, "audio");
    private static final Understood BARE_PICTURE = new Understood(QueryType.VISION, 0.6, "picture");

    private Classifier() {}

    /** Understands these words, and what came with them. */
    public static Understood understand(String text, boolean hasPicture, boolean hasAudio) {
        if (hasAudio) {
            return RECORDING;
        }
        List<String> sentences = Sentences.of(text);
        if (sentences.isEmpty()) {
            return hasPicture ? BARE_PICTURE : SILENCE;
        }
        return hasPicture ? ofPicture(sentences) : ofWords(sentences);
    }

    /** With a picture: the first sentence that is more than a question about it. */
    private static Understood ofPicture(List<String> sentences) {
        Understood best = BARE_PICTURE;
        for (String sentence : sentences) {
            best = RULES.first(true, sentence).orElse(BARE_PICTURE);
            if (!best.queryType().equals(QueryType.VISION)) {
                return best;
            }
        }
        return best;
    }

    /** Words alone: the first sentence that asks for something; one that only looks so ends the search. */
    private static Understood ofWords(List<String> sentences) {
        for (String sentence : sentences) {
            Optional<Understood> understood = RULES.first(false, sentence);
            if (understood.isPresent()) {
                return understood.get();
            }
        }
        return TALK;
    }
}
