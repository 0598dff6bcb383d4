// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Media;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.testing.Decoding;
import io.mtor.worker.testing.Sounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeechDecodersTest {

    private static final int MAX_BYTES = 1_000;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Answer> transcript(String body) {
        return Decoding.of(Transcript.decoder(), bytes(body), 0);
    }

    private static List<Answer> sound(byte[] body) {
        return Decoding.of(Spoken.decoder(MAX_BYTES), body, 0);
    }

    private static Answer.Broken failed(String message) {
        return new Answer.Broken(Cause.FAILED, message);
    }

    @Test
    void shouldReadATextHoweverTheNetworkCutsIt() {
        // Given: whisper.cpp begins with a space and ends with a line.
        byte[] body = bytes("{\"text\":\" Grüße 🌋.\\n\",\"unknown\":[1]}");

        // Then
        for (int cut = 0; cut <= body.length; cut++) {
            assertThat(Decoding.of(Transcript.decoder(), body, cut))
                    .containsExactly(new Answer.Text("Grüße 🌋."), new Answer.Done(null, null));
        }
    }

    @Test
    void shouldTakeSilenceForAnAnswer() {
        assertThat(transcript("{\"text\":\" \\n\"}")).containsExactly(new Answer.Done(null, null));
    }

    @Test
    void shouldTakeNothingButATextForATranscript() {
        assertThat(transcript("{\"error\":\"failed to read audio data\"}"))
                .containsExactly(failed("failed to read audio data"));
        assertThat(transcript("{\"text\":null}"))
                .containsExactly(failed("the model server sent no text in place of an answer"));
        assertThat(transcript("{\"text\":\"half a")).hasSize(1).first().isInstanceOf(Answer.Broken.class);
        assertThat(transcript("")).hasSize(1).first().isInstanceOf(Answer.Broken.class);
    }

    @Test
    void shouldMakeOneMediumOfASoundHoweverTheNetworkCutsIt() {
        byte[] body = Sounds.silence(10);
        var medium = new Answer.Medium(Media.whole("audio/wav", Bytes.of(Sounds.silence(10))));
        for (int cut = 0; cut <= body.length; cut++) {
            assertThat(Decoding.of(Spoken.decoder(MAX_BYTES), body, cut))
                    .containsExactly(medium, new Answer.Done(null, null));
        }
    }

    @Test
    void shouldPutTheTrueLengthsIntoASoundThatWasStreamed() {
        assertThat(sound(Sounds.streamedSilence(10)))
                .contains(new Answer.Medium(Media.whole("audio/wav", Bytes.of(Sounds.silence(10)))));
    }

    @Test
    void shouldTakeNothingButAWavForASound() {
        String none = "the model server sent what is no WAV sound in place of an answer";
        assertThat(sound(bytes("<html>It works!</html>"))).containsExactly(failed(none));
        assertThat(sound(bytes("RIFF1234AVI LIST"))).containsExactly(failed(none));
        assertThat(sound(bytes("RIFF"))).containsExactly(failed(none));
        assertThat(sound(new byte[0])).containsExactly(failed(none));
        assertThat(sound(bytes("{\"detail\":\"no such voice\"}"))).containsExactly(failed("no such voice"));
    }

    @Test
    void shouldEndAtTheFirstByteBeyondTheLimit() {
        // Given
        var decoder = Spoken.decoder(MAX_BYTES);
        byte[] body = Sounds.silence((MAX_BYTES - 44) / 2);
        assertThat(body).hasSize(MAX_BYTES);
        assertThat(sound(body)).hasSize(2);
        assertThat(decoder.feed(body)).containsExactly(new Answer.Alive());

        // When
        List<Answer> beyond = decoder.feed(new byte[1]);

        // Then
        assertThat(beyond).containsExactly(failed("the model server sent more than 1000 bytes"));
    }
}
