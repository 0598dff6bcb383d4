// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.tiny;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a tiny model: three special ones, every byte, and every word with all its beginnings, since llama.cpp's
 * tokenizer builds a word by merging its way through them.
 */
final class Vocabulary {

    static final int UNKNOWN = 0;
    static final int BEGIN = 1;
    static final int END = 2;

    /** Stands for the space before a word. */
    private static final String SPACE = "\u2581";

    /** Engines like sizes that divide well. */
    private static final int MULTIPLE = 32;

    /** What the tokenizer takes a token for. */
    private enum Type {
        NORMAL(1),
        UNKNOWN(2),
        CONTROL(3),
        UNUSED(5),
        BYTE(6);

        private final int number;

        Type(int number) {
            this.number = number;
        }
    }

    private final List<String> texts = new ArrayList<>();

    private final List<Integer> types = new ArrayList<>();

    private final List<Float> scores = new ArrayList<>();

    private final Map<String, Integer> numbers = new HashMap<>();

    Vocabulary(List<String> words) {
        add("<unk>", Type.UNKNOWN, 0);
        add("<s>", Type.CONTROL, 0);
        add("</s>", Type.CONTROL, 0);
        for (int i = 0; i < 256; i++) {
            add("<0x%02X>".formatted(i), Type.BYTE, 0);
        }
        for (String word : words) {
            String whole = SPACE + word;
            for (int length = 1; length <= whole.length(); length++) {
                // The longer a beginning, the better: so merging goes on to the whole word.
                add(whole.substring(0, length), Type.NORMAL, -1000 + 10 * length);
            }
        }
        while (texts.size() % MULTIPLE != 0) {
            add("<pad" + texts.size() + ">", Type.UNUSED, -10_000);
        }
    }

    private void add(String text, Type type, float score) {
        if (numbers.putIfAbsent(text, texts.size()) == null) {
            texts.add(text);
            types.add(type.number);
            scores.add(score);
        }
    }

    int size() {
        return texts.size();
    }

    int numberOf(String word) {
        Integer number = numbers.get(SPACE + word);
        if (number == null) {
            throw new IllegalArgumentException("not in the vocabulary: " + word);
        }
        return number;
    }

    void writeTo(GgufWriter gguf) {
        gguf.put("tokenizer.ggml.model", "llama")
                .putTexts("tokenizer.ggml.tokens", texts)
                .putFloats("tokenizer.ggml.scores", scores)
                .putInts("tokenizer.ggml.token_type", types)
                .put("tokenizer.ggml.bos_token_id", BEGIN)
                .put("tokenizer.ggml.eos_token_id", END)
                .put("tokenizer.ggml.unknown_token_id", UNKNOWN)
                .put("tokenizer.ggml.add_bos_token", true);
    }
}
