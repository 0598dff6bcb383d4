// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.gateway.audit.Likeness.Outcome;
import org.junit.jupiter.api.Test;

class LikenessTest {

    /** A question, and three ways to answer it as three runs of a model might. */
    private static final String[][] ANSWERS = {
        {
            "Why is the sky blue?",
            "Sunlight holds all colours. Air molecules scatter short wavelengths, blue, far more than red ones; this is"
                    + " called Rayleigh scattering, so blue light reaches us from every direction.",
            "Because of Rayleigh scattering: molecules in the atmosphere scatter the shorter, blue wavelengths of"
                    + " sunlight more strongly than longer red wavelengths.",
            "The atmosphere's gas molecules deflect blue light more than red, since its wavelength is shorter. That"
                    + " scattered light comes from all directions. At sunset the path is longer, and red remains."
        },
        {
            "How do I boil an egg?",
            "Put the egg in a pot, cover it with cold water and bring it to a boil. Then wait six minutes for soft or ten"
                    + " minutes for hard, and cool it in ice water before peeling.",
            "Bring water to a boil in a pot, lower the egg gently with a spoon, and cook for 6 to 10 minutes depending"
                    + " on how hard you want the yolk. Cool under cold water and peel.",
            "Place eggs in a saucepan of boiling water. Soft yolk: six minutes. Hard yolk: ten minutes. Transfer to cold"
                    + " water so that peeling is easier."
        },
        {
            "What is a hash table?",
            "A data structure that maps keys to values. A function computes an index into an array of buckets from the"
                    + " key, so lookups take constant time on average; collisions are resolved by chaining.",
            "It stores key-value pairs in an array. The index is computed by applying a function to the key. Insertions"
                    + " and lookups run in constant average time; collisions need handling.",
            "Think of an array of buckets: the key goes through a function giving an index where the value is stored."
                    + " Average lookup is O(1), worst case O(n) with many collisions."
        },
        {
            "Tell me about Lisbon.",
            "The capital of Portugal lies on the Tagus estuary. It is known for its hills, yellow trams, fado music and"
                    + " tiled facades; much was rebuilt after the earthquake of 1755.",
            "Portugal's capital is a hilly coastal city with pastel buildings, historic trams and fado music. The 1755"
                    + " earthquake destroyed most of it.",
            "It's one of the oldest cities in Europe, capital of Portugal, on the river Tagus. Visitors enjoy trams, the"
                    + " Alfama quarter, fado and custard tarts."
        },
        {
            "Write a short poem about autumn.",
            "Golden leaves drift slowly down, the wind hums softly through the town; the harvest moon hangs low and"
                    + " bright, and frost arrives with silent night.",
            "Leaves of amber, red and gold, whisper stories to the cold. The harvest ends, the wind grows strong, and"
                    + " birds fly south with one last song.",
            "A crisp wind stirs the golden trees, leaves fall dancing on the breeze; pumpkins glow in evening light, and"
                    + " frost will come to kiss the night."
        },
        {
            "Explain inflation to a child.",
            "Imagine your pocket money buys two sweets today, but next year prices rise and the same coin buys one."
                    + " When prices of most things go up, money is worth less.",
            "It means that things cost more over time. If an ice cream cost one coin last year and two coins now, your"
                    + " money buys less, because prices went up.",
            "Prices slowly rise. The same money that bought two toys last year buys only one toy this year, so each coin"
                    + " is worth less."
        }
    };

    private static final String GARBAGE = "lorem ipsum dolor sit amet consectetur adipiscing elit sed eiusmod tempor"
            + " incididunt labore dolore magna aliqua";

    @Test
    void shouldTellOtherWordsFromAnotherAnswer() {
        int honest = 0;
        int blamed = 0;
        int unrelated = 0;
        int passed = 0;
        for (String[] one : ANSWERS) {
            for (int i = 1; i <= 3; i++) {
                for (int j = 1; j <= 3; j++) {
                    honest += i == j ? 0 : 1;
                    blamed += i != j && of(one[0], one[i], one[j]) == Outcome.DIFFERED ? 1 : 0;
                }
                for (String[] other : ANSWERS) {
                    unrelated += other[0].equals(one[0]) ? 0 : 1;
                    passed += !other[0].equals(one[0]) && of(one[0], other[1], one[i]) == Outcome.AGREED ? 1 : 0;
                }
                assertThat(of(one[0], GARBAGE, one[i])).isEqualTo(Outcome.DIFFERED);
                assertThat(of(one[0], "", one[i])).isEqualTo(Outcome.DIFFERED);
                assertThat(of(one[0], one[0], one[i])).as("an echo").isEqualTo(Outcome.DIFFERED);
            }
        }
        System.out.printf(
                "honest pairs taken for different: %d of %d; unrelated pairs taken for like: %d of %d%n",
                blamed, honest, passed, unrelated);
        assertThat(blamed).isLessThanOrEqualTo(honest / 10);
        assertThat(passed).isLessThanOrEqualTo(unrelated / 10);
    }

    private static Outcome of(String question, String answer, String known) {
        return Likeness.of("chat", question, answer, known);
    }

    @Test
    void shouldNotJudgeWhatSaysTooLittle() {
        assertThat(of("Is it so?", "Yes.", "No.")).isEqualTo(Outcome.UNCLEAR);
        assertThat(of("Is it so?", "Yes.", "yes")).isEqualTo(Outcome.AGREED);
    }

    @Test
    void shouldCompareVectorsByTheirDirections() {
        String known = "{\"embeddings\":[[1,0,0.1]]}";
        assertThat(Likeness.of("embed", "", "{\"embeddings\":[[2,0.01,0.2]]}", known))
                .isEqualTo(Outcome.AGREED);
        assertThat(Likeness.of("embed", "", "{\"embeddings\":[[0,1,0.1]]}", known))
                .isEqualTo(Outcome.DIFFERED);
        assertThat(Likeness.of("embed", "", "{\"embeddings\":[[1,0]]}", known)).isEqualTo(Outcome.DIFFERED);
        assertThat(Likeness.of("embed", "", "nonsense", known)).isEqualTo(Outcome.DIFFERED);
        assertThat(Likeness.of("embed", "", known, "nonsense")).isEqualTo(Outcome.UNCLEAR);
    }

    @Test
    void shouldCompareOrdersByTheBest() {
        String known = ranks(0.9, 0.8, 0.1, 0.0);
        assertThat(Likeness.of("rerank", "", ranks(0.8, 0.9, 0.0, 0.1), known)).isEqualTo(Outcome.AGREED);
        assertThat(Likeness.of("rerank", "", ranks(0.0, 0.1, 0.8, 0.9), known)).isEqualTo(Outcome.DIFFERED);
        assertThat(Likeness.of("rerank", "", "{}", known)).isEqualTo(Outcome.DIFFERED);
    }

    private static String ranks(double... scores) {
        var text = new StringBuilder("{\"results\":[");
        for (int i = 0; i < scores.length; i++) {
            text.append(i == 0 ? "" : ",").append("{\"index\":" + i + ",\"relevance_score\":" + scores[i] + "}");
        }
        return text.append("]}").toString();
    }

    @Test
    void shouldCompareSpeechWordByWord() {
        String known = "the quick brown fox jumps over the lazy dog";
        assertThat(Likeness.of("transcribe", "", "The quick brown fox jumped over a lazy dog.", known))
                .isEqualTo(Outcome.AGREED);
        assertThat(Likeness.of("transcribe", "", "a completely different thing was said", known))
                .isEqualTo(Outcome.DIFFERED);
    }
}
