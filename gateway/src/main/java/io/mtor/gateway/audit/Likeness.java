// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.ProtocolJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Whether two answers to the same intent could both be honest, by query type.
 *
 * <p>Two texts of a language model never have the same words. What is compared is what they are about: the beginnings of
 * their longer words and their numbers, less those of the question, which prove nothing. That tells an answer from
 * garbage, from an empty one, and from the answer to another question. It does not tell a true sentence from a false one
 * about the same thing.
 */
final class Likeness {

    /** Vectors of the same model on other hardware differ in the third digit. */
    private static final double COSINE = 0.98;

    private static final double WORD_ERRORS = 0.3;
    private static final double TEXT = 0.15;

    /** Fewer words of meaning say too little. */
    private static final int FEW = 8;

    private static final int MIN_WORD = 4;
    private static final int STEM = 5;
    private static final int MAX_WORDS = 1_000;
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** What a comparison says. */
    enum Outcome {
        AGREED,
        DIFFERED,
        /** Too little to tell. */
        UNCLEAR
    }

    private Likeness() {}

    /** @param question what both answered */
    static Outcome of(String queryType, String question, String answer, String known) {
        return switch (queryType) {
            case "embed" -> vectors(answer, known);
            case "rerank" -> orders(answer, known);
            case "transcribe" -> spoken(answer, known);
            default -> texts(question, answer, known);
        };
    }

    private static Outcome outcome(boolean alike) {
        return alike ? Outcome.AGREED : Outcome.DIFFERED;
    }

    // ---- texts

    private static Outcome texts(String question, String answer, String known) {
        if (normal(answer).equals(normal(known))) {
            return Outcome.AGREED;
        }
        Set<String> asked = meanings(question);
        Set<String> one = meanings(answer);
        Set<String> other = meanings(known);
        one.removeAll(asked);
        other.removeAll(asked);
        if (other.size() < FEW) {
            return Outcome.UNCLEAR;
        }
        long shared = one.stream().filter(other::contains).count();
        int fewer = Math.max(FEW / 2, Math.min(one.size(), other.size()));
        return outcome(shared >= TEXT * fewer);
    }

    private static Set<String> meanings(String text) {
        Set<String> meanings = new HashSet<>();
        for (String word : words(text)) {
            if (word.length() >= MIN_WORD || Character.isDigit(word.charAt(0))) {
                meanings.add(word.substring(0, Math.min(STEM, word.length())));
            }
        }
        return meanings;
    }

    private static String normal(String text) {
        return String.join(" ", words(text));
    }

    /** The words of a text, in lower case. */
    static Set<String> wordsOf(String text) {
        return Set.copyOf(words(text));
    }

    private static List<String> words(String text) {
        return NOT_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .limit(MAX_WORDS)
                .toList();
    }

    // ---- speech

    private static Outcome spoken(String answer, String known) {
        List<String> one = words(answer);
        List<String> other = words(known);
        int longer = Math.max(one.size(), other.size());
        return longer < MIN_WORD && !one.equals(other)
                ? Outcome.UNCLEAR
                : outcome(errors(one, other) <= WORD_ERRORS * longer);
    }

    /** How many words must be put in, taken out or changed (Levenshtein). */
    private static int errors(List<String> one, List<String> other) {
        int[] last = IntStream.rangeClosed(0, other.size()).toArray();
        for (int i = 1; i <= one.size(); i++) {
            int[] next = new int[other.size() + 1];
            next[0] = i;
            for (int j = 1; j <= other.size(); j++) {
                int changed = last[j - 1] + (one.get(i - 1).equals(other.get(j - 1)) ? 0 : 1);
                next[j] = Math.min(changed, 1 + Math.min(last[j], next[j - 1]));
            }
            last = next;
        }
        return last[other.size()];
    }

    // ---- numbers

    private static Outcome vectors(String answer, String known) {
        JsonNode one = vectors(answer);
        JsonNode other = vectors(known);
        if (!other.isArray() || other.isEmpty()) {
            return Outcome.UNCLEAR;
        }
        boolean alike = one.size() == other.size();
        for (int i = 0; alike && i < other.size(); i++) {
            alike = cosine(one.path(i), other.path(i)) >= COSINE;
        }
        return outcome(alike);
    }

    /** The vectors of an answer to {@code embed}; nothing if it has none. */
    static JsonNode vectors(String answer) {
        return json(answer).path("embeddings");
    }

    /** 0 for vectors that cannot be compared. */
    static double cosine(JsonNode one, JsonNode other) {
        double dot = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < other.size(); i++) {
            double a = one.path(i).asDouble();
            double b = other.path(i).asDouble();
            dot += a * b;
            ones += a * a;
            others += b * b;
        }
        return one.size() == other.size() && ones > 0 && others > 0 ? dot / Math.sqrt(ones * others) : 0;
    }

    /** The best of one must be among the better half of the other, since near scores may change places. */
    private static Outcome orders(String answer, String known) {
        List<Integer> one = order(answer);
        List<Integer> other = order(known);
        if (other.size() < 2) {
            return Outcome.UNCLEAR;
        }
        int half = Math.max(1, other.size() / 2);
        return outcome(one.size() == other.size() && other.subList(0, half).contains(one.get(0)));
    }

    /** The texts of an answer to {@code rerank} by their numbers, the best first; none if it has none. */
    static List<Integer> order(String answer) {
        List<JsonNode> sorted = new ArrayList<>();
        json(answer).path("results").forEach(sorted::add);
        sorted.sort(Comparator.comparingDouble(
                (JsonNode each) -> -each.path("relevance_score").asDouble()));
        return sorted.stream().map(each -> each.path("index").asInt()).toList();
    }

    private static JsonNode json(String text) {
        try {
            return ProtocolJson.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return ProtocolJson.MAPPER.missingNode();
        }
    }
}
