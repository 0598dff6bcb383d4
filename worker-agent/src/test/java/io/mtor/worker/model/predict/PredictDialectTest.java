// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Decoder;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Sounds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictDialectTest {

    private static final int MAX_BYTES = 10_000;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

    private final PredictDialect dialect = new PredictDialect(MAX_BYTES);

    private String written(Intent intent) throws BadInputException {
        return new String(dialect.write(new Assigned(intent, null, 0, 0)).body().array(), StandardCharsets.UTF_8);
    }

    private List<Answer> read(byte[] body) {
        List<Answer> answers = new ArrayList<>();
        Decoder decoder = dialect.decoder();
        for (byte each : body) {
            answers.addAll(decoder.feed(new byte[] {each}));
        }
        answers.addAll(decoder.end());
        answers.removeIf(Answer.Alive.class::isInstance);
        return answers;
    }

    private List<Answer> read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void assertMedium(List<Answer> answers, String type, byte[] bytes) {
        assertThat(answers)
                .containsExactly(new Answer.Medium(Media.whole(type, Bytes.of(bytes))), new Answer.Done(null, null));
    }

    @Test
    void shouldSayWhatIsWantedInBothWaysThatSuchProgramsRead() throws BadInputException {
        assertThat(written(Intents.chat(1, "Hello")))
                .isEqualTo("{\"prompt\":\"Hello\",\"type\":\"chat\",\"model_type\":\"chat\"}");
    }

    @Test
    void shouldSendAlongWhatComesWithTheIntent() throws BadInputException {
        // Given
        Media picture = Media.whole("image/png", Bytes.of(new byte[] {1}));
        Intent intent = Intents.with(
                Intents.intent(1, QueryType.VISION, "What?", null, List.of(picture)), "{\"temperature\":0.5}");

        // Then
        assertThat(written(intent))
                .isEqualTo("{\"prompt\":\"What?\",\"type\":\"vision\",\"model_type\":\"vision\","
                        + "\"media\":[{\"media_type\":\"image/png\",\"data\":\"AQ==\"}],"
                        + "\"parameters\":{\"temperature\":0.5}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"response\":\"Hi you\"}", "{\"new\":{\"a\":1},\"result\":\"Hi you\",\"status\":\"ok\"}"})
    void shouldTakeATextFromEitherField(String body) {
        assertThat(read(body)).containsExactly(new Answer.Text("Hi you"), new Answer.Done(null, null));
    }

    @Test
    void shouldTakeAnEmptyTextForAnAnswer() {
        assertThat(read("{\"response\":\"\"}")).containsExactly(new Answer.Done(null, null));
    }

    @Test
    void shouldTakeAPictureHoweverItComes() {
        for (String body : List.of(
                "{\"result\":\"" + base64(PNG) + "\"}",
                "{\"image\":\"data:image/png;base64," + base64(PNG) + "\"}",
                "{\"images\":[\"" + base64(PNG) + "\",\"AQ==\"]}")) {
            assertMedium(read(body), "image/png", PNG);
        }
        assertMedium(read(PNG), "image/png", PNG);
    }

    @Test
    void shouldTellPicturesAndSoundsByTheirBytes() {
        byte[] wav = Sounds.silence(10);
        byte[] jpeg = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
        byte[] webp = "RIFF\1\0\0\0WEBP".getBytes(StandardCharsets.ISO_8859_1);
        assertMedium(read("{\"audio\":\"" + base64(wav) + "\"}"), "audio/wav", wav);
        assertMedium(read("{\"image\":\"" + base64(jpeg) + "\"}"), "image/jpeg", jpeg);
        assertMedium(read(webp), "image/webp", webp);
    }

    @Test
    void shouldTakeWhatOnlyLooksLikeBase64ForText() {
        assertThat(read("{\"response\":\"yes\"}")).contains(new Answer.Text("yes"));
        assertThat(read("{\"response\":\"RIFF\"}")).contains(new Answer.Text("RIFF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "<html>",
                "[]",
                "{}",
                "\"response\"",
                "{\"response\":7}",
                "{\"response\":null}",
                "{\"images\":[]}"
            })
    void shouldNotTakeAnythingForAnAnswer(String body) {
        assertThat(read(body)).singleElement().isInstanceOfSatisfying(Answer.Broken.class, broken -> assertThat(
                        broken.cause())
                .isEqualTo(Cause.FAILED));
    }

    @Test
    void shouldSayWhyItFailedIfItIsTold() {
        assertThat(read("{\"error\":\"out of memory\"}"))
                .containsExactly(new Answer.Broken(Cause.FAILED, "out of memory"));
    }

    @Test
    void shouldStopAnAnswerThatGrowsBeyondTheLimit() {
        assertThat(dialect.decoder().feed(new byte[MAX_BYTES + 1]))
                .containsExactly(new Answer.Broken(Cause.FAILED, "the model server sent more than 10000 bytes"));
    }
}
