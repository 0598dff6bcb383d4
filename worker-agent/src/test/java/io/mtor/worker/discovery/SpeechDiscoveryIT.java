// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.http.Endpoint;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.SpeechStub;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each server of speech is called by its name. */
class SpeechDiscoveryIT {

    private static final long PATIENCE_MILLIS = 5_000;

    private final Vertx vertx = Vertx.vertx();

    private final Prober prober = new Prober(
            vertx.createHttpClient(),
            new WyomingProber(vertx.createNetClient(), PATIENCE_MILLIS),
            PATIENCE_MILLIS,
            false,
            List.of());

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Sight sight(SpeechStub stub) {
        int port = stub.listen(vertx);
        Future<Sight> look = Intents.onContext(vertx, () -> prober.look(new Endpoint("127.0.0.1", port, false, null)));
        return look.await();
    }

    private Sight.Server server(SpeechStub stub) {
        return (Sight.Server) sight(stub);
    }

    @Test
    void shouldKnowWhisper() {
        Sight.Server server = server(SpeechStub.whisperCpp());
        assertThat(server.kind()).isEqualTo(Kind.WHISPER_CPP);
        assertThat(server.serving().offers()).containsExactly(new Offer(QueryType.TRANSCRIBE, List.of()));
        assertThat(server.serving().slots()).isEqualTo(1);
    }

    @Test
    void shouldKnowSpeachesAndItsVoices() {
        Sight.Server server = server(SpeechStub.speaches());
        assertThat(server.kind()).isEqualTo(Kind.SPEACHES);
        assertThat(server.serving().offers())
                .containsExactly(
                        new Offer(QueryType.TRANSCRIBE, List.of("Systran/faster-whisper-small")),
                        new Offer(QueryType.SPEAK, List.of("speaches-ai/Kokoro-82M-v1.0-ONNX")));
        assertThat(server.names().voice("speaches-ai/Kokoro-82M-v1.0-ONNX")).contains("af_heart");
    }

    @Test
    void shouldKnowKokoroAndItsUsualVoice() {
        Sight.Server server = server(SpeechStub.kokoro());
        assertThat(server.kind()).isEqualTo(Kind.KOKORO);
        assertThat(server.serving().offers()).containsExactly(new Offer(QueryType.SPEAK, List.of("kokoro")));
        assertThat(server.names().voice("kokoro")).contains("af_heart");
    }

    @Test
    void shouldKnowBothPipersAndOfferTheVoiceThatOneTellsFirst() {
        // When
        Sight.Server newer = server(SpeechStub.piper());
        Sight.Server older = server(SpeechStub.olderPiper());

        // Then
        assertThat(newer.kind()).isEqualTo(Kind.PIPER);
        assertThat(newer.serving().offers())
                .containsExactly(new Offer(QueryType.SPEAK, List.of("en_US-lessac-medium", "de_DE-thorsten-medium")));
        assertThat(older.kind()).isEqualTo(Kind.PIPER_1_3);
        assertThat(older.serving().offers()).containsExactly(new Offer(QueryType.SPEAK, List.of()));
    }

    @Test
    void shouldNotTakeAPortThatRefusesEverybodyForAModelServer() {
        // Given: what listens on 5000 on a Mac.
        var airPlay = SpeechStub.refusing();
        assertThat(sight(airPlay)).isEqualTo(new Sight.Stranger());
    }
}
