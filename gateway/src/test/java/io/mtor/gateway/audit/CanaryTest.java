// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.ProtocolJson;
import io.mtor.common.protocol.QueryType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CanaryTest {

    private static final int DRAWN = 100;

    private static List<Canary> drawn(QueryType type) {
        return IntStream.range(0, DRAWN)
                .mapToObj(seed -> Canary.draw(type, new Random(seed)))
                .toList();
    }

    private static List<String> texts(Canary canary) throws IOException {
        JsonNode array = ProtocolJson.MAPPER.readTree(data(canary.media().getFirst()));
        return IntStream.range(0, array.size())
                .mapToObj(i -> array.get(i).textValue())
                .toList();
    }

    private static byte[] data(Media media) {
        assertThat(media.data()).isNotNull();
        return media.data().array();
    }

    @Test
    void shouldKnowSumsAndWhatIsToBeRepeated() {
        for (Canary canary : drawn(QueryType.CHAT)) {
            String answer = knownTo(canary.question());
            assertThat(canary.isAnsweredBy("It is " + answer + ".")).isTrue();
            assertThat(canary.isAnsweredBy(answer)).isTrue();
            assertThat(canary.isAnsweredBy("1" + answer)).isFalse();
            assertThat(canary.isAnsweredBy("")).isFalse();
        }
    }

    /** As a model would know it. */
    private static String knownTo(String question) {
        if (question.startsWith("Repeat this")) {
            return question.substring(question.indexOf(':') + 2);
        }
        String[] numbers = question.replaceAll("\\D+", " ").strip().split(" ");
        return String.valueOf(Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]));
    }

    @Test
    void shouldKnowTheColourOfAPicture() throws IOException {
        Set<String> seen = new HashSet<>();
        for (Canary canary : drawn(QueryType.VISION)) {
            String name = nameOf(
                    ImageIO.read(new ByteArrayInputStream(data(canary.media().getFirst()))));
            seen.add(name);
            assertThat(canary.isAnsweredBy("The picture is " + name + ".")).isTrue();
            assertThat(canary.isAnsweredBy("a cat on a sofa")).isFalse();
            assertThat(canary.isAnsweredBy("un" + name)).isFalse();
        }
        assertThat(seen).containsExactlyInAnyOrder("red", "green", "blue", "yellow", "black", "white");
    }

    private static String nameOf(BufferedImage picture) {
        assertThat(picture.getWidth()).isEqualTo(picture.getHeight());
        int rgb = picture.getRGB(picture.getWidth() - 1, picture.getHeight() - 1);
        assertThat(picture.getRGB(0, 0)).isEqualTo(rgb);
        int bright = IntStream.of(16, 8, 0)
                .map(shift -> (rgb >> shift & 0xff) > 128 ? 1 : 0)
                .reduce(0, (bits, bit) -> bits << 1 | bit);
        return switch (bright) {
            case 0b100 -> "red";
            case 0b010 -> "green";
            case 0b001 -> "blue";
            case 0b110 -> "yellow";
            case 0b000 -> "black";
            default -> "white";
        };
    }

    @Test
    void shouldKnowWhichTextAnswersAQuestion() throws IOException {
        for (Canary canary : drawn(QueryType.RERANK)) {
            List<String> texts = texts(canary);
            long right = IntStream.range(0, texts.size())
                    .filter(best -> canary.isAnsweredBy("{\"results\":[{\"index\":" + (best + 1) % texts.size()
                            + ",\"relevance_score\":0.1},{\"index\":" + best + ",\"relevance_score\":0.9}]}"))
                    .count();
            assertThat(right).isEqualTo(1);
            assertThat(canary.question()).endsWith("?");
            assertThat(canary.isAnsweredBy("{}")).isFalse();
            assertThat(canary.isAnsweredBy("nonsense")).isFalse();
        }
    }

    @Test
    void shouldKnowWhichQuestionsAndAnswersAreNear() throws IOException {
        Canary canary = Canary.draw(QueryType.EMBED, new Random(1));
        assertThat(texts(canary)).hasSize(6);
        assertThat(texts(canary).subList(0, 3)).allMatch(text -> text.endsWith("?"));
        assertThat(canary.isAnsweredBy(
                        "{\"embeddings\":[[1,0,0],[0,1,0],[0,0,1],[0.9,0.4,0],[0.1,1,0],[0.3,0.4,0.8]]}"))
                .isTrue();
        assertThat(canary.isAnsweredBy(
                        "{\"embeddings\":[[1,0,0],[0,1,0],[0,0,1],[0.4,0.9,0],[1,0.1,0],[0.3,0.4,0.8]]}"))
                .as("two changed places")
                .isFalse();
        assertThat(canary.isAnsweredBy("{\"embeddings\":[[1,0],[1,0],[1,0],[1,0],[1,0],[1,0]]}"))
                .as("all the same")
                .isFalse();
        assertThat(canary.isAnsweredBy("{\"embeddings\":[[1,0,0],[0,1,0],[0,0,1]]}"))
                .isFalse();
        assertThat(canary.isAnsweredBy("nonsense")).isFalse();
    }

    @Test
    void shouldSayForWhichQueryTypesItKnowsNothing() {
        assertThat(Canary.isFor(QueryType.SPEAK)).isFalse();
        assertThat(Canary.isFor(QueryType.EMBED)).isTrue();
        assertThatThrownBy(() -> Canary.draw(QueryType.IMAGINE, new Random(1)))
                .hasMessageContaining("no answer is known for imagine");
    }
}
