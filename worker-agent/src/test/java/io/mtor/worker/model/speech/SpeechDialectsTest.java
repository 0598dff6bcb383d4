// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Post;
import io.mtor.worker.testing.Intents;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpeechDialectsTest {

    private static final Dialect TRANSCRIPTION = new TranscriptionDialect(model -> "org/" + model);

    private static final Dialect WHISPER = new WhisperDialect();

    private static final Dialect SPEECH =
            new SpeechDialect(model -> "org/" + model, model -> Optional.of("af_heart"), 1_000);

    private static final Dialect PIPER = new PiperDialect("/synthesize", 1_000);

    private static Post write(Dialect dialect, Intent intent, @Nullable String model) throws BadInputException {
        return dialect.write(new Assigned(intent, model, 0, 0));
    }

    /** The body, with the boundary called B. */
    private static String body(Post post) {
        String boundary = post.contentType().substring(post.contentType().indexOf('=') + 1);
        return new String(post.body().array(), StandardCharsets.UTF_8).replace(boundary, "B");
    }

    private static Intent sound(String mediaType) {
        Media medium = Media.whole(mediaType, Bytes.of("RIFF…".getBytes(StandardCharsets.UTF_8)));
        return Intents.intent(1, QueryType.TRANSCRIBE, "", null, List.of(medium));
    }

    private static void refuses(Dialect dialect, Intent intent, String message) {
        assertThatThrownBy(() -> write(dialect, intent, "m"))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldSendASoundWithModelAndLanguage() throws BadInputException {
        // When
        Post post = write(TRANSCRIPTION, Intents.with(sound("audio/wav"), "{\"language\":\"de\",\"x\":1}"), "small");

        // Then
        assertThat(post.path()).isEqualTo("/v1/audio/transcriptions");
        assertThat(post.contentType()).matches("multipart/form-data; boundary=mtor-[0-9a-f-]{36}");
        assertThat(body(post))
                .isEqualTo(String.join(
                        "\r\n",
                        "--B",
                        "Content-Disposition: form-data; name=\"file\"; filename=\"recording.wav\"",
                        "Content-Type: audio/wav",
                        "",
                        "RIFF…",
                        "--B",
                        "Content-Disposition: form-data; name=\"response_format\"",
                        "",
                        "json",
                        "--B",
                        "Content-Disposition: form-data; name=\"language\"",
                        "",
                        "de",
                        "--B",
                        "Content-Disposition: form-data; name=\"model\"",
                        "",
                        "org/small",
                        "--B--",
                        ""));
    }

    @Test
    void shouldAskWhisperWithoutModelAndLanguage() throws BadInputException {
        Post post = write(WHISPER, sound("audio/wav"), null);
        assertThat(post.path()).isEqualTo("/inference");
        assertThat(body(post))
                .contains("name=\"temperature\"\r\n\r\n0.0\r\n", "name=\"response_format\"\r\n\r\njson\r\n")
                .doesNotContain("language", "model");
    }

    @Test
    void shouldNameTheFileByItsType() throws BadInputException {
        assertThat(body(write(WHISPER, sound("audio/x-wav"), null))).contains("\"recording.wav\"");
        assertThat(body(write(WHISPER, sound("audio/mpeg"), null))).contains("\"recording.mp3\"");
        assertThat(body(write(WHISPER, sound("audio/webm;codecs=opus"), null)))
                .contains("\"recording.webm\"", "Content-Type: audio/webm\r\n");
    }

    @Test
    void shouldSayWhichMediumIsMissingOrWrong() {
        Intent none = Intents.intent(1, QueryType.TRANSCRIBE, "", null, List.of());
        Media one = sound("audio/wav").media().getFirst();
        Intent two = Intents.intent(1, QueryType.TRANSCRIBE, "", null, List.of(one, one));
        for (Dialect dialect : List.of(WHISPER, TRANSCRIPTION)) {
            refuses(dialect, none, "transcribe needs a recording: attach one sound, such as audio/wav");
            refuses(dialect, two, "transcribe takes one recording, not 2");
            refuses(dialect, sound("image/png"), "transcribe takes a sound, such as audio/wav, not image/png");
        }
    }

    @Test
    void shouldLetNobodyWriteFieldsThroughATypeOrALanguage() {
        refuses(WHISPER, sound("audio/wav\r\nContent-Disposition: form-data; name=\"model\""), "takes a sound");
        Intent language = Intents.with(sound("audio/wav"), "{\"language\":\"de\\r\\n\"}");
        refuses(WHISPER, language, "language");
        refuses(TRANSCRIPTION, Intents.with(sound("audio/wav"), "{\"language\":7}"), "language");
    }

    @Test
    void shouldAskForAWavInTheUsualVoice() throws BadInputException {
        Post post = write(SPEECH, Intents.speak(1, "Hello \"you\""), "kokoro");
        assertThat(post.path()).isEqualTo("/v1/audio/speech");
        assertThat(post.contentType()).isEqualTo("application/json");
        assertThat(body(post))
                .isEqualTo("{\"model\":\"org/kokoro\",\"input\":\"Hello \\\"you\\\"\",\"voice\":\"af_heart\","
                        + "\"response_format\":\"wav\"}");
    }

    @Test
    void shouldSpeakInTheVoiceThatIsAskedForUnlessItIsAPath() throws BadInputException {
        Intent mixed = Intents.with(Intents.speak(1, "Hello"), "{\"voice\":\"af_sky+af_bella(2)\"}");
        assertThat(body(write(SPEECH, mixed, "m"))).contains("\"voice\":\"af_sky+af_bella(2)\"");
        refuses(SPEECH, Intents.with(Intents.speak(1, "Hello"), "{\"voice\":\"../../etc/passwd\"}"), "voice");
    }

    @Test
    void shouldAskPiperForTheVoiceThatIsItsModelAndForNoOther() throws BadInputException {
        Intent intent = Intents.with(Intents.speak(1, "Hallo"), "{\"voice\":\"../x\"}");
        Post post = write(PIPER, intent, "de_DE-thorsten-medium");
        assertThat(post.path()).isEqualTo("/synthesize");
        assertThat(body(post)).isEqualTo("{\"text\":\"Hallo\",\"voice\":\"de_DE-thorsten-medium\"}");
    }

    @Test
    void shouldRefuseToSpeakNothingOrPictures() {
        Media picture = Media.whole("image/png", Bytes.of(new byte[1]));
        for (Dialect dialect : List.of(SPEECH, PIPER)) {
            refuses(dialect, Intents.speak(1, " \n"), "speak needs a text");
            refuses(
                    dialect,
                    Intents.intent(1, QueryType.SPEAK, "Hello", null, List.of(picture)),
                    "speak takes words and no media");
        }
    }
}
