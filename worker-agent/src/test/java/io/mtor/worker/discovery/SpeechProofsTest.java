// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.protocol.Offer;
import io.mtor.common.protocol.QueryType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is close to a server of speech, and is none, or not yet; {@code SpeechDiscoveryIT} shows the servers themselves. */
class SpeechProofsTest {

    private final Map<String, Reply> replies = new HashMap<>();

    private SpeechProofsTest() {
        reply("/", 404, "", "");
    }

    private SpeechProofsTest reply(String path, int status, String server, String body) {
        replies.put(path, Reply.of(status, server, "application/json", body));
        return this;
    }

    private SpeechProofsTest reply(String path, String body) {
        return reply(path, 200, "", body);
    }

    private Sight sight() {
        return Fingerprint.of(replies, false);
    }

    private Sight.Server server() {
        assertThat(sight()).isInstanceOf(Sight.Server.class);
        return (Sight.Server) sight();
    }

    private void useless(String name, String reason) {
        assertThat(sight()).isInstanceOfSatisfying(Sight.Useless.class, each -> {
            assertThat(each.name()).isEqualTo(name);
            assertThat(each.reason()).isEqualTo(reason);
        });
    }

    @Test
    void shouldWaitForWhisperToLoad() {
        reply("/health", 503, "whisper.cpp", "{\"status\":\"loading model\"}");
        useless("whisper-cpp", "loads its model");
    }

    @Test
    void shouldKnowAWhisperThatTellsNoHealthByItsRoot() {
        // Given: builds before April 2025.
        reply("/", 200, "whisper.cpp", "<html>");
        reply("/health", 404, "whisper.cpp", "");

        // Then
        assertThat(server().kind()).isEqualTo(Kind.WHISPER_CPP);
        assertThat(server().serving().slots()).isEqualTo(1);
    }

    @Test
    void shouldTellWhisperFromLlamaServerByTheirHeaders() {
        reply("/health", 200, "llama.cpp", "{\"status\":\"ok\"}")
                .reply("/props", 200, "llama.cpp", "{\"total_slots\":1,\"build_info\":\"b1\"}")
                .reply("/v1/models", "{\"object\":\"list\",\"data\":[{\"id\":\"m\"}]}");
        assertThat(server().kind()).isEqualTo(Kind.LLAMA_CPP);
    }

    @Test
    void shouldOfferOnlyTheTasksThatSpeachesHasModelsFor() {
        reply(
                "/v1/models",
                "{\"object\":\"list\",\"data\":[{\"id\":\"w\",\"task\":\"automatic-speech-recognition\"},"
                        + "{\"id\":\"v\",\"task\":\"voice-activity-detection\"}]}");
        assertThat(server().kind()).isEqualTo(Kind.SPEACHES);
        assertThat(server().serving().offers()).containsExactly(new Offer(QueryType.TRANSCRIBE, List.of("w")));
    }

    @Test
    void shouldSayThatSpeachesHasNoModelYet() {
        reply("/openapi.json", "{\"info\":{\"title\":\"Speaches\"}}")
                .reply("/v1/models", "{\"object\":\"list\",\"data\":[]}");
        useless("speaches", "has no model for speech");
    }

    @Test
    void shouldNotTakeAnybodyWithVoicesForKokoro() {
        // Given: others have copied the path.
        reply("/v1/audio/voices", "{\"status\":\"ok\",\"voices\":[\"tara\",\"leo\"]}");
        assertThat(sight()).isEqualTo(new Sight.Stranger());

        // When
        reply("/v1/models", "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"owned_by\":\"somebody\"}]}");

        // Then
        assertThat(server().kind()).isEqualTo(Kind.OPENAI);
    }

    @Test
    void shouldReadTheVoicesOfOlderKokorosAndNeverOfferItForChat() {
        // Given: a list of texts until 0.2.
        reply("/v1/models", "{\"object\":\"list\",\"data\":[{\"id\":\"kokoro\",\"owned_by\":\"kokoro\"}]}");
        useless("kokoro", "has no voice to speak with");

        // When
        reply("/v1/audio/voices", "{\"voices\":[\"bf_emma\",\"am_adam\"]}");

        // Then
        assertThat(server().names().voice("kokoro")).contains("bf_emma");
    }

    @Test
    void shouldNotTakeAnybodyWithVoicesOrInfoForPiper() {
        for (String voices :
                List.of("{}", "[]", "[\"a\"]", "{\"voices\":[\"a\"]}", "{\"error\":\"Unexpected endpoint\"}")) {
            reply("/voices", voices);
            // Text Embeddings Inference.
            reply("/info", "{\"model_id\":\"gte-base\",\"max_concurrent_requests\":128}");
            assertThat(sight()).isEqualTo(new Sight.Stranger());
        }

        // And its sister, which is called by its name.
        reply("/info", "{\"router\":\"text-generation-router\",\"max_concurrent_requests\":128}");
        useless("tgi", "has no model that can chat");
    }

    @Test
    void shouldOfferThePiperThatTellsOnlyItsOwnVoice() {
        reply("/info", "{\"voice\":{\"name\":\"en_US-amy-low\",\"num_speakers\":1},\"last\":{\"text\":\"secret\"}}");
        assertThat(server().kind()).isEqualTo(Kind.PIPER);
        assertThat(server().serving().offers()).containsExactly(new Offer(QueryType.SPEAK, List.of("en_US-amy-low")));
        assertThat(server().toString()).doesNotContain("secret");
    }
}
