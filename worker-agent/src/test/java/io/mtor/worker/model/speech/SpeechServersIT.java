// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.speech;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.Run;
import io.mtor.worker.model.http.Dialect;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.model.http.HttpModelServer;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Installed;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Received;
import io.mtor.worker.testing.RecordedSink;
import io.mtor.worker.testing.Sounds;
import io.mtor.worker.testing.SpeechStub;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stubs that answer as the real servers of speech do, well and badly. */
class SpeechServersIT {

    private static final int MAX_BYTES = 1 << 20;

    /** A way to ask for speech, and where the stub is asked then. */
    enum Way {
        TRANSCRIPTION("/v1/audio/transcriptions", new TranscriptionDialect(model -> model)),
        WHISPER("/inference", new WhisperDialect()),
        SPEECH("/v1/audio/speech", new SpeechDialect(model -> model, model -> Optional.of("af_heart"), MAX_BYTES)),
        PIPER("/synthesize", new PiperDialect("/synthesize", MAX_BYTES)),
        OLDER_PIPER("/", new PiperDialect("/", MAX_BYTES)),
        XTTS("/tts_to_audio/", new XttsDialect(model -> Optional.of("female"), MAX_BYTES));

        private final String path;

        private final Dialect dialect;

        Way(String path, Dialect dialect) {
            this.path = path;
            this.dialect = dialect;
        }

        boolean hears() {
            return this == TRANSCRIPTION || this == WHISPER;
        }

        Intent intent() {
            return hears() ? Intents.transcribe(1, Sounds.silence(100)) : Intents.speak(1, "Hello");
        }
    }

    private final Vertx vertx = Vertx.vertx();

    private final HttpClient client = vertx.createHttpClient();

    private final RecordedSink sink = new RecordedSink();

    private final AtomicReference<@Nullable Received> received = new AtomicReference<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Run ask(Way way, Intent intent, SpeechStub stub) {
        var endpoint = new Endpoint("127.0.0.1", stub.listen(vertx), false, null);
        var server = new HttpModelServer(vertx, client, endpoint, type -> way.dialect);
        return Intents.onContext(vertx, () -> server.run(new Assigned(intent, "m", 0, 0), sink));
    }

    private Run ask(Way way, Handler<HttpServerRequest> stub) {
        return ask(way, way.intent(), SpeechStub.whisperCpp().on(way.path, stub));
    }

    private void answer(Way way, Intent intent, String type, byte[] answer) {
        ask(way, intent, SpeechStub.whisperCpp().answers(way.path, received::set, type, answer));
        sink.awaitEnd();
    }

    private void answer(Way way, int status, String type, String body) {
        ask(way, request -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .end(body));
        sink.awaitEnd();
    }

    private Received received() {
        Received seen = received.get();
        if (seen == null) {
            throw new AssertionError("nothing was received");
        }
        return seen;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldBringARealSentenceToWhisperUnharmed() {
        // Given
        byte[] wav = Installed.espeak("Every intent finds a worker.");
        Intent intent = Intents.with(Intents.transcribe(1, wav), "{\"language\":\"en\"}");

        // When
        answer(Way.WHISPER, intent, "application/json", bytes("{\"text\":\" Every intent finds a worker.\\n\"}"));

        // Then
        assertThat(sink.isCompleted()).isTrue();
        assertThat(sink.text()).isEqualTo("Every intent finds a worker.");
        assertThat(received().fileName()).isEqualTo("file/recording.wav");
        assertThat(received().file().getBytes()).isEqualTo(wav);
        assertThat(received().fields())
                .isEqualTo(Map.of("language", "en", "response_format", "json", "temperature", "0.0"));
    }

    @Test
    void shouldBringARealSentenceToAnOpenAiServerUnharmed() {
        // Given
        byte[] wav = Installed.espeak("Every intent finds a worker.");

        // When
        answer(
                Way.TRANSCRIPTION,
                Intents.transcribe(1, wav),
                "application/json",
                bytes("{\"text\":\"Every intent.\"}"));

        // Then
        assertThat(sink.text()).isEqualTo("Every intent.");
        assertThat(received().file().getBytes()).isEqualTo(wav);
        assertThat(received().fields()).isEqualTo(Map.of("model", "m", "response_format", "json"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TRANSCRIPTION", "WHISPER"})
    void shouldCompleteWithoutAPieceWhenNothingIsSaid(Way way) {
        answer(way, 200, "application/json", "{\"text\":\"\"}");
        assertThat(sink.isCompleted()).isTrue();
        assertThat(sink.text()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SPEECH", "PIPER", "OLDER_PIPER", "XTTS"})
    void shouldHandOverARealSoundAsOneMedium(Way way) throws IOException, UnsupportedAudioFileException {
        // Given: Piper calls it a page.
        byte[] spoken = Installed.espeak("Every intent finds a worker.");
        String type = way == Way.SPEECH || way == Way.XTTS ? "audio/wav" : "text/html; charset=utf-8";

        // When
        answer(way, way.intent(), type, spoken);

        // Then
        assertThat(sink.isCompleted()).isTrue();
        AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(sink.bytes()));
        assertThat(sound.getFrameLength() / sound.getFormat().getFrameRate()).isBetween(0.8f, 6f);
        assertThat(received().file().toString()).contains("Hello");
    }

    @Test
    void shouldTakeASoundThatComesInPieces() {
        // Given
        byte[] wav = Sounds.streamedSilence(1_000);

        // When
        ask(Way.SPEECH, request -> {
            request.response().putHeader("Content-Type", "audio/wav").setChunked(true);
            for (int i = 0; i < wav.length; i += 100) {
                request.response().write(Buffer.buffer(wav).slice(i, Math.min(wav.length, i + 100)));
            }
            request.response().end();
        });

        // Then
        sink.awaitEnd();
        assertThat(sink.bytes()).isEqualTo(Sounds.silence(1_000));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellErrorsApart(Way way) {
        record Case(int status, String body, Cause cause, String message) {}
        for (Case each : List.of(
                new Case(
                        400, "{\"error\":\"failed to read audio data\"}", Cause.BAD_INPUT, "failed to read audio data"),
                new Case(
                        400,
                        "{\"detail\":{\"error\":\"validation_error\",\"message\":\"Voice 'x' not found\"}}",
                        Cause.BAD_INPUT,
                        "Voice 'x' not found"),
                // whisper.cpp says no more than this, whatever it could not read.
                new Case(400, "Invalid request", Cause.BAD_INPUT, "the model server answered with status 400"),
                new Case(413, "<html>", Cause.BAD_INPUT, "the model server answered with status 413"),
                new Case(422, "{\"detail\":[{\"msg\":\"Field required\"}]}", Cause.BAD_INPUT, "Field required"),
                new Case(404, "{\"detail\":\"not installed locally\"}", Cause.NO_MODEL, "not installed locally"),
                new Case(500, "<title>500</title>", Cause.FAILED, "the model server answered with status 500"),
                new Case(
                        503,
                        "{\"status\":\"loading model\"}",
                        Cause.BUSY,
                        "the model server answered with status 503"))) {
            var fresh = new SpeechServersIT();
            fresh.answer(way, each.status, "application/json", each.body);
            assertThat(fresh.sink.failure()).isEqualTo(each.cause);
            assertThat(fresh.sink.message()).isEqualTo(each.message);
            fresh.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotTakeAPageForAnAnswer(Way way) {
        answer(way, 200, "text/html", "<!doctype html><title>It works!</title>");
        assertThat(sink.failure()).isEqualTo(Cause.FAILED);
        assertThat(sink.message()).endsWith("in place of an answer");
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailWhenTheConnectionIsDroppedInTheMiddle(Way way) {
        // Given
        byte[] whole = way.hears() ? bytes("{\"text\":\"a whole sentence\"}") : Sounds.silence(1_000);

        // When
        ask(way, request -> {
            request.response().putHeader("Content-Type", way.hears() ? "application/json" : "audio/wav");
            request.response().putHeader("Content-Length", String.valueOf(whole.length));
            request.response()
                    .write(Buffer.buffer(whole).slice(0, whole.length / 2))
                    .onComplete(sent -> request.connection().close());
        });

        // Then
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.FAILED);
        assertThat(sink.text()).isEmpty();
        assertThat(sink.message()).contains("broke off");
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseTheConnectionWhenItIsCancelled(Way way) {
        // Given: a server that works and says nothing, as all of these do.
        var asked = new AtomicBoolean();
        var closed = new AtomicBoolean();
        Run run = ask(way, request -> {
            request.connection().closeHandler(gone -> closed.set(true));
            asked.set(true);
        });
        Await.until("the request", asked::get);

        // When
        Intents.onContext(vertx, () -> {
            run.cancel();
            return run;
        });

        // Then
        Await.until("the connection to close", closed::get);
        assertThat(sink.isEnded()).isFalse();
    }

    @Test
    void shouldStopASoundThatGrowsBeyondTheLimit() {
        // Given
        var closed = new AtomicBoolean();

        // When
        ask(Way.SPEECH, request -> {
            request.connection().closeHandler(gone -> closed.set(true));
            request.response().putHeader("Content-Type", "audio/wav").setChunked(true);
            request.response().write(Buffer.buffer(Sounds.streamedSilence(MAX_BYTES)));
        });

        // Then
        sink.awaitEnd();
        assertThat(sink.failure()).isEqualTo(Cause.FAILED);
        assertThat(sink.message()).isEqualTo("the model server sent more than 1048576 bytes");
        Await.until("the connection to close", closed::get);
    }

    @Test
    void shouldSayWhatIsMissingWithoutAskingTheServer() {
        // Given
        Intent none = Intents.intent(1, QueryType.TRANSCRIBE, "", null, List.of());
        Media picture = Media.whole("image/png", Bytes.of(new byte[1]));
        Intent wrong = Intents.intent(1, QueryType.TRANSCRIBE, "", null, List.of(picture));
        for (Intent each : List.of(none, wrong)) {
            var fresh = new SpeechServersIT();

            // When
            fresh.answer(Way.WHISPER, each, "application/json", bytes("{}"));

            // Then
            assertThat(fresh.sink.failure()).isEqualTo(Cause.BAD_INPUT);
            assertThat(fresh.sink.message()).startsWith("transcribe ");
            assertThat(fresh.received.get()).isNull();
            fresh.close();
        }
    }
}
