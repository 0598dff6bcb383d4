// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.testing.Installed;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.RealmEnds;
import io.mtor.worker.testing.Received;
import io.mtor.worker.testing.Sounds;
import io.mtor.worker.testing.SpeechStub;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A whole worker-agent finds servers of speech and has them do intents. */
class SpeechAgentIT {

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    private final List<Received> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** The worker that an agent makes of this server. */
    private WorkerAnnouncement joined(SpeechStub stub) {
        WorkerAgentConfig config = ConfigLoader.load(
                        WorkerAgentConfig.class,
                        Aliases.none(),
                        List.of(
                                "--worker.demo=false",
                                "--worker.programs=false",
                                "--worker.drain=0s",
                                "--discovery.ports=" + stub.listen(vertx)),
                        Map.of())
                .config();
        vertx.deployVerticle(new WorkerAgentVerticle(config, Membership.local(), new Random(1)))
                .await();
        return realm.awaitAnnounced(WorkerAnnouncement.class, each -> true);
    }

    private GatewayBound.Completed done(WorkerAnnouncement worker, Intent intent) {
        realm.bus().send(Addresses.worker(worker.worker()), Intents.assign(intent));
        return realm.awaitGateway(
                GatewayBound.Completed.class, each -> each.key().equals(intent.key()));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void assertHeard(byte[] sound) {
        var part = realm.awaitGateway(GatewayBound.MediaPart.class);
        assertThat(part.mediaType()).isEqualTo("audio/wav");
        assertThat(part.data().array()).isEqualTo(sound);
        assertThat(part.last()).isTrue();
    }

    @Test
    void shouldTranscribeARealSentenceByWhisper() {
        // Given
        byte[] wav = Installed.espeak("Every intent finds a worker.");
        WorkerAnnouncement worker = joined(SpeechStub.whisperCpp()
                .answers("/inference", received::add, "application/json", json("{\"text\":\" Every intent.\\n\"}")));
        assertThat(worker.worker().value()).matches(".*\\.whisper-cpp-[a-z2-7]{6}");

        // When
        var completed = done(worker, Intents.transcribe(1, wav));

        // Then
        assertThat(completed.text()).isEqualTo("Every intent.").isEqualTo(realm.text());
        assertThat(received.getFirst().file().getBytes()).isEqualTo(wav);
    }

    @Test
    void shouldTranscribeAndSpeakByTheRightModelOfSpeaches() {
        // Given
        byte[] sound = Sounds.silence(100);
        WorkerAnnouncement worker = joined(SpeechStub.speaches()
                .answers("/v1/audio/transcriptions", received::add, "application/json", json("{\"text\":\"Hi\"}"))
                .answers("/v1/audio/speech", received::add, "audio/wav", sound));

        // When
        var heard = done(worker, Intents.transcribe(1, sound));
        done(worker, Intents.speak(2, "Hello"));

        // Then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(heard.model()).isEqualTo("Systran/faster-whisper-small");
        assertThat(received.getFirst().fields()).containsEntry("model", "Systran/faster-whisper-small");
        assertThat(received.getLast().file().toString())
                .isEqualTo("{\"model\":\"speaches-ai/Kokoro-82M-v1.0-ONNX\",\"input\":\"Hello\","
                        + "\"voice\":\"af_heart\",\"response_format\":\"wav\"}");
        assertHeard(sound);
    }

    @Test
    void shouldSpeakByKokoro() {
        // Given
        byte[] sound = Sounds.silence(100);
        WorkerAnnouncement worker = joined(SpeechStub.kokoro()
                .answers("/v1/audio/speech", received::add, "audio/wav", Sounds.streamedSilence(100)));
        assertThat(worker.serves()).allMatch(offer -> offer.queryType().equals(QueryType.SPEAK));

        // When
        var completed = done(worker, Intents.speak(1, "Hello"));

        // Then
        assertThat(completed.model()).isEqualTo("kokoro");
        assertThat(received.getFirst().file().toString()).contains("\"voice\":\"af_heart\"");
        assertHeard(sound);
    }

    @Test
    void shouldSpeakByPiperInTheVoiceThatIsAskedFor() {
        // Given
        byte[] sound = Sounds.silence(100);
        WorkerAnnouncement worker =
                joined(SpeechStub.piper().answers("/synthesize", received::add, "text/html; charset=utf-8", sound));

        // When
        done(worker, Intents.intent(1, QueryType.SPEAK, "Hallo", "de_DE-thorsten-medium", List.of()));

        // Then
        assertThat(received.getFirst().file().toString())
                .isEqualTo("{\"text\":\"Hallo\",\"voice\":\"de_DE-thorsten-medium\"}");
        assertHeard(sound);
    }

    @Test
    void shouldSpeakByAnOlderPiperAtItsRoot() {
        // Given
        byte[] sound = Sounds.silence(100);
        WorkerAnnouncement worker =
                joined(SpeechStub.olderPiper().answers("/", received::add, "text/html; charset=utf-8", sound));

        // When
        done(worker, Intents.speak(1, "Hello"));

        // Then
        assertThat(received.getLast().file().toString()).isEqualTo("{\"text\":\"Hello\"}");
        assertHeard(sound);
    }
}
