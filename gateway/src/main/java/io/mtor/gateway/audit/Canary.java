// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.QueryType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A question whose answer is known, drawn anew each time; easy enough for the smallest model.
 *
 * @param media what comes with the question
 * @param right whether a reply is the right one
 */
record Canary(String question, List<Media> media, Predicate<String> right) {

    private static final int MAX_ADDEND = 20;

    private static final String[] WORDS = {
        "apple", "river", "stone", "lamp", "horse", "winter", "garden", "silver", "bridge", "candle", "orange", "forest"
    };

    private static final String[] ASKING = {
        "What is %d plus %d? Just the number, please.",
        "How much is %d + %d? Answer in digits.",
        "Add %d and %d in digits."
    };

    private record Fact(String question, String answer) {}

    /** No two are about the same. */
    private static final List<Fact> FACTS = List.of(
            new Fact("What is the capital of France?", "Paris has been the capital of France for centuries."),
            new Fact("How many legs does a spider have?", "Spiders have eight legs."),
            new Fact("At what temperature does water boil?", "At sea level water boils at 100 degrees Celsius."),
            new Fact("Who wrote Romeo and Juliet?", "Romeo and Juliet is a tragedy by William Shakespeare."),
            new Fact("What do bees make?", "Bees make honey from the nectar of flowers."),
            new Fact("Which planet is closest to the sun?", "Mercury is the planet that is closest to the sun."),
            new Fact("How is bread made?", "Bread is baked from a dough of flour, water and yeast."),
            new Fact("Which gas do plants need?", "Plants take carbon dioxide from the air."));

    /** So many of them are ordered, and so many compared. */
    private static final int ORDERED = 6;

    private static final int COMPARED = 3;

    private record Colour(String name, int rgb) {}

    private static final List<Colour> COLOURS = List.of(
            new Colour("red", 0xe00000),
            new Colour("green", 0x00a000),
            new Colour("blue", 0x0000e0),
            new Colour("yellow", 0xf0e000),
            new Colour("black", 0x000000),
            new Colour("white", 0xffffff));

    private static final int SIDE = 128;

    private static final Map<QueryType, Function<RandomGenerator, Canary>> DRAWING = Map.of(
            QueryType.CHAT, random -> random.nextBoolean() ? sum(random) : echo(random),
            QueryType.VISION, Canary::colour,
            QueryType.EMBED, Canary::vectors,
            QueryType.RERANK, Canary::order);

    /** Whether there are such questions for this query type. */
    static boolean isFor(QueryType type) {
        return DRAWING.containsKey(type);
    }

    /** @throws IllegalArgumentException if there are none for this query type */
    static Canary draw(QueryType type, RandomGenerator random) {
        Function<RandomGenerator, Canary> drawing = DRAWING.get(type);
        if (drawing == null) {
            throw new IllegalArgumentException("no answer is known for " + type);
        }
        return drawing.apply(random);
    }

    boolean isAnsweredBy(String reply) {
        return right.test(reply);
    }

    private static Canary sum(RandomGenerator random) {
        int one = 1 + random.nextInt(MAX_ADDEND);
        int other = 1 + random.nextInt(MAX_ADDEND);
        String asking = ASKING[random.nextInt(ASKING.length)];
        return new Canary(
                String.format(Locale.ROOT, asking, one, other), List.of(), saying(String.valueOf(one + other)));
    }

    private static Canary echo(RandomGenerator random) {
        String words = WORDS[random.nextInt(WORDS.length)] + " " + (1_000 + random.nextInt(9_000));
        return new Canary("Repeat this and nothing else: " + words, List.of(), saying(words));
    }

    private static Canary colour(RandomGenerator random) {
        Colour colour = COLOURS.get(random.nextInt(COLOURS.size()));
        var picture = Media.whole("image/png", PlainPicture.png(colour.rgb, SIDE));
        return new Canary("What colour is this picture? One word, please.", List.of(picture), saying(colour.name));
    }

    /** Whether the words stand there, and not as part of others. */
    private static Predicate<String> saying(String words) {
        return reply -> (" " + reply.toLowerCase(Locale.ROOT) + " ")
                .matches("(?s).*[^\\p{L}\\p{N}]" + words + "[^\\p{L}\\p{N}].*");
    }

    /** Each question must be nearer to its own answer than to those of others. */
    private static Canary vectors(RandomGenerator random) {
        List<Fact> facts = someFacts(COMPARED, random);
        List<String> texts = new ArrayList<>(facts.stream().map(Fact::question).toList());
        facts.forEach(fact -> texts.add(fact.answer()));
        return new Canary("", List.of(array(texts)), reply -> {
            JsonNode vectors = Likeness.vectors(reply);
            return vectors.size() == texts.size()
                    && IntStream.range(0, COMPARED).allMatch(i -> nearest(vectors, i) == i);
        });
    }

    private static int nearest(JsonNode vectors, int question) {
        int best = 0;
        for (int i = 1; i < COMPARED; i++) {
            JsonNode asked = vectors.path(question);
            if (Likeness.cosine(asked, vectors.path(COMPARED + i))
                    > Likeness.cosine(asked, vectors.path(COMPARED + best))) {
                best = i;
            }
        }
        return best;
    }

    private static Canary order(RandomGenerator random) {
        List<Fact> facts = someFacts(ORDERED, random);
        int asked = random.nextInt(ORDERED);
        return new Canary(
                facts.get(asked).question(),
                List.of(array(facts.stream().map(Fact::answer).toList())),
                reply -> {
                    List<Integer> order = Likeness.order(reply);
                    return !order.isEmpty() && order.getFirst() == asked;
                });
    }

    private static List<Fact> someFacts(int count, RandomGenerator random) {
        List<Fact> shuffled = new ArrayList<>(FACTS);
        Collections.shuffle(shuffled, Random.from(random));
        return shuffled.subList(0, count);
    }

    private static Media array(List<String> texts) {
        ArrayNode array = ProtocolJson.MAPPER.createArrayNode();
        texts.forEach(array::add);
        return Media.whole("application/json", Bytes.of(array.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
