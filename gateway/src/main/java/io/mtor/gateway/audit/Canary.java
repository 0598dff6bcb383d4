// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A question whose answer is known, drawn anew each time; easy enough for the smallest model.
 *
 * @param answer what the reply must hold, in lower case
 */
record Canary(String question, String answer) {

    private static final int MAX_ADDEND = 20;

    private static final String[] WORDS = {
        "apple", "river", "stone", "lamp", "horse", "winter", "garden", "silver", "bridge", "candle", "orange", "forest"
    };

    private static final String[] ASKING = {
        "What is %d plus %d? Just the number, please.",
        "How much is %d + %d? Answer in digits.",
        "Add %d and %d in digits."
    };

    static Canary draw(RandomGenerator random) {
        if (random.nextBoolean()) {
            int one = 1 + random.nextInt(MAX_ADDEND);
            int other = 1 + random.nextInt(MAX_ADDEND);
            String asking = ASKING[random.nextInt(ASKING.length)];
            return new Canary(String.format(Locale.ROOT, asking, one, other), String.valueOf(one + other));
        }
        String word = WORDS[random.nextInt(WORDS.length)] + " " + (1_000 + random.nextInt(9_000));
        return new Canary("Repeat this and nothing else: " + word, word);
    }

    boolean isAnsweredBy(String reply) {
        return (" " + reply.toLowerCase(Locale.ROOT) + " ")
                .matches("(?s).*[^\\p{L}\\p{N}]" + answer + "[^\\p{L}\\p{N}].*");
    }
}
