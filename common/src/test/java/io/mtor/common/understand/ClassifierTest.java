// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.understand;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.QueryType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measured on sentences of our own, in {@code sentences.tsv}. The rules were written and mended with the part called
 * dev; the part called held is only counted.
 */
class ClassifierTest {

    private static final List<Labelled> SENTENCES = read();

    private record Labelled(String part, String attached, QueryType type, String words) {

        Understood understood() {
            return understood(words);
        }

        Understood understood(String otherWords) {
            return Classifier.understand(otherWords, attached.equals("picture"), attached.equals("audio"));
        }

        boolean isRight() {
            return understood().queryType().equals(type);
        }

        @Override
        public String toString() {
            return words + " [" + attached + "] is " + type + ", not " + understood();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "held"})
    void shouldUnderstandNineteenOfTwenty(String part) {
        List<Labelled> sentences = part(part);
        List<Labelled> wrong =
                sentences.stream().filter(sentence -> !sentence.isRight()).toList();
        assertThat(1 - (double) wrong.size() / sentences.size())
                .as(part.equals("dev") ? lines(wrong) : wrong.size() + " wrong of " + sentences.size())
                .isGreaterThanOrEqualTo(0.95);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "held"})
    void shouldHardlyEverDrawUnasked(String part) {
        List<Labelled> drawn = part(part).stream()
                .filter(sentence -> sentence.understood().queryType().equals(QueryType.IMAGINE))
                .toList();
        long rightly = drawn.stream().filter(Labelled::isRight).count();
        assertThat((double) rightly / drawn.size()).isGreaterThanOrEqualTo(0.97);
        assertThat(drawn).hasSizeGreaterThan(30);
    }

    @Test
    void shouldBeMeasuredOnEnoughOfEverything() {
        assertThat(SENTENCES).hasSizeGreaterThanOrEqualTo(300);
        assertThat(SENTENCES.stream().map(Labelled::type).distinct())
                .containsExactlyInAnyOrder(
                        QueryType.CHAT,
                        QueryType.IMAGINE,
                        QueryType.SPEAK,
                        QueryType.VISION,
                        QueryType.READ,
                        QueryType.TRANSCRIBE);
    }

    @Test
    void shouldNotCareAboutCaseOrWakeWord() {
        for (Labelled sentence : SENTENCES) {
            Understood understood = sentence.understood();
            assertThat(sentence.understood(sentence.words().toUpperCase(Locale.ROOT)))
                    .as(sentence.words())
                    .isEqualTo(understood);
            assertThat(sentence.understood("Computer, " + sentence.words())).isEqualTo(understood);
            assertThat(sentence.understood("  hey COMPUTER: " + sentence.words()))
                    .isEqualTo(understood);
        }
    }

    @Test
    void shouldGoByWhatIsAttachedWhenNothingIsSaid() {
        assertThat(Classifier.understand("", false, false).confidence()).isZero();
        assertThat(Classifier.understand(" \n", true, false).queryType()).isEqualTo(QueryType.VISION);
        assertThat(Classifier.understand("", true, true).queryType()).isEqualTo(QueryType.TRANSCRIBE);
        assertThat(Classifier.understand("computer", false, false).queryType()).isEqualTo(QueryType.CHAT);
    }

    @Test
    void shouldReadOnlyTheBeginningOfALongText() {
        String story = "word ".repeat(200_000);
        assertThat(Classifier.understand("Read this aloud: " + story, false, false)
                        .queryType())
                .isEqualTo(QueryType.SPEAK);
        assertThat(Classifier.understand(story + ". Draw a cat", false, false).queryType())
                .isEqualTo(QueryType.CHAT);
    }

    @RepeatedTest(200)
    void shouldNeverThrowWhateverIsSaid(RepetitionInfo run) {
        var random = new SplittableRandom(run.getCurrentRepetition());
        var text = new StringBuilder();
        int pieces = random.nextInt(60);
        for (int i = 0; i < pieces; i++) {
            switch (random.nextInt(3)) {
                case 0 -> text.append((char) random.nextInt(0x10000));
                case 1 -> text.appendCodePoint(random.nextInt(0x110000));
                default -> {
                    String[] words = SENTENCES
                            .get(random.nextInt(SENTENCES.size()))
                            .words()
                            .split(" ", -1);
                    text.append(' ').append(words[random.nextInt(words.length)]);
                }
            }
        }
        Understood understood = Classifier.understand(text.toString(), random.nextBoolean(), random.nextBoolean());
        assertThat(understood.confidence()).isBetween(0.0, 1.0);
        assertThat(understood.queryType()).isNotIn(QueryType.EMBED, QueryType.AUTO);
    }

    private static List<Labelled> part(String part) {
        return SENTENCES.stream()
                .filter(sentence -> sentence.part().equals(part))
                .toList();
    }

    private static String lines(List<Labelled> wrong) {
        return wrong.stream().map(Labelled::toString).collect(Collectors.joining("\n", "wrong:\n", "\n"));
    }

    private static List<Labelled> read() {
        try (InputStream in = ClassifierTest.class.getResourceAsStream("sentences.tsv")) {
            String tsv = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return tsv.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Labelled(cells[0], cells[1], new QueryType(cells[2]), cells[3]))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
