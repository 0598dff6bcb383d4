// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.bus.Addresses;
import io.mtor.common.bus.Announcement.WorkerAnnouncement;
import io.mtor.common.bus.GatewayBound;
import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.bus.WorkerBound;
import io.mtor.common.cluster.Membership;
import io.mtor.common.config.Aliases;
import io.mtor.common.config.ConfigLoader;
import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.testing.Await;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Paintings;
import io.mtor.worker.testing.RealmEnds;
import io.mtor.worker.testing.Received;
import io.mtor.worker.testing.ServerStub;
import io.mtor.worker.testing.Sounds;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole worker-agent finds servers that answer as recorded ones do, and has them do intents. */
class FoundServersIT {

    private static final String CHAT = "/v1/chat/completions";

    private static final String EVENTS = "text/event-stream";

    private final Vertx vertx = Vertx.vertx();

    private final RealmEnds realm = new RealmEnds(vertx);

    private final List<Received> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private void agentLookingAt(ServerStub stub) {
        WorkerAgentConfig config = ConfigLoader.load(
                        WorkerAgentConfig.class,
                        Aliases.none(),
                        List.of(
                                "--worker.demo=false",
                                "--worker.programs=false",
                                "--worker.drain=0s",
                                "--discovery.every=100ms",
                                "--discovery.hungry=100ms",
                                "--discovery.busy=100ms",
                                "--discovery.patience=5s",
                                "--discovery.ports=" + stub.listen(vertx)),
                        Map.of())
                .config();
        vertx.deployVerticle(new WorkerAgentVerticle(config, Membership.local(), new Random(1)))
                .await();
    }

    private WorkerAnnouncement joined(ServerStub stub) {
        agentLookingAt(stub);
        return realm.awaitAnnounced(WorkerAnnouncement.class, each -> true);
    }

    private void assign(WorkerAnnouncement worker, Intent intent) {
        realm.bus().send(Addresses.worker(worker.worker()), Intents.assign(intent));
    }

    private GatewayBound.Completed done(WorkerAnnouncement worker, Intent intent) {
        assign(worker, intent);
        return realm.awaitGateway(
                GatewayBound.Completed.class, each -> each.key().equals(intent.key()));
    }

    private Cause failed(WorkerAnnouncement worker, Intent intent) {
        assign(worker, intent);
        return realm.awaitGateway(GatewayBound.Failed.class, each -> each.key().equals(intent.key()))
                .cause();
    }

    private String lastReceived() {
        return received.getLast().file().toString();
    }

    private static Intent embed(int n, String text) {
        return Intents.intent(n, QueryType.EMBED, text, null, List.of());
    }

    private static Media medium(String type, String content) {
        return Media.whole(type, Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
    }

    // What each server says to "hello", in its own way of saying it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # The first delta has null for content; usage comes with empty choices.
            llama-cpp-b11669 | llama-cpp | data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"model":"m"}~~data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"Hi "}}]}~~data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"you"}}]}~~data: {"choices":[{"finish_reason":"stop","index":0,"delta":{}}]}~~data: {"choices":[],"usage":{"completion_tokens":2,"prompt_tokens":5}}~~data: [DONE]~~
            # It reasons first.
            vllm-0.11 | vllm | data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}~~data: {"id":"c","choices":[{"index":0,"delta":{"reasoning_content":"hm"},"finish_reason":null}]}~~data: {"id":"c","choices":[{"index":0,"delta":{"content":"Hi you"},"finish_reason":"stop","stop_reason":null}]}~~data: {"id":"c","choices":[],"usage":{"prompt_tokens":5,"total_tokens":7,"completion_tokens":2}}~~data: [DONE]~~
            sglang-0.5 | sglang | data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning_content":null,"tool_calls":null},"logprobs":null,"finish_reason":null,"matched_stop":null}],"usage":null}~~data: {"id":"c","choices":[{"index":0,"delta":{"role":null,"content":"Hi you"},"finish_reason":null}],"usage":null}~~data: {"id":"c","choices":[{"index":0,"delta":{"role":null,"content":null},"finish_reason":"stop","matched_stop":2}],"usage":null}~~data: {"id":"c","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}~~data: [DONE]~~
            # Without a space behind the colon; id is empty.
            tgi-3 | tgi | data:{"object":"chat.completion.chunk","id":"","created":1,"choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"logprobs":null,"finish_reason":null}],"usage":null}~~data:{"object":"chat.completion.chunk","id":"","choices":[{"index":0,"delta":{"role":"assistant","content":" you"},"logprobs":null,"finish_reason":"stop"}],"usage":null}~~data:{"id":"","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}~~data: [DONE]~~
            lm-studio-0.4 | lm-studio | data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi you"},"logprobs":null,"finish_reason":null}]}~~data: {"id":"c","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}~~data: {"id":"c","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}~~data: [DONE]~~
            localai-4 | local-ai | data: {"created":1,"object":"chat.completion.chunk","id":"c","choices":[{"index":0,"finish_reason":null,"delta":{"role":"assistant","content":null}}]}~~data: {"id":"c","choices":[{"index":0,"finish_reason":null,"delta":{"content":"Hi you"}}]}~~data: {"id":"c","choices":[{"index":0,"finish_reason":"stop","delta":{}}],"usage":{"prompt_tokens":5,"completion_tokens":2}}~~data: [DONE]~~
            # No usage at all, and no end of the last line.
            koboldcpp-1.76 | koboldcpp | data: {"id":"koboldcpp","object":"chat.completion.chunk","created":1,"choices":[{"index":0,"finish_reason":null,"delta":{"role":"assistant","content":"Hi "}}]}~~data: {"id":"koboldcpp","choices":[{"index":0,"finish_reason":"stop","delta":{"role":"assistant","content":"you"}}]}~~data: [DONE]
            # No [DONE].
            mlx-lm-0.28 | openai | : keepalive 1/5~~data: {"id":"c","choices":[{"index":0,"finish_reason":null,"delta":{"role":"assistant","content":"Hi you"}}]}~~data: {"id":"c","choices":[{"index":0,"finish_reason":"length","delta":{"role":"assistant","content":""}}]}~~
            """)
    void shouldReadEachChatInItsServersOwnWay(String server, String kind, String stream) {
        // Given
        WorkerAnnouncement worker =
                joined(ServerStub.of(server).answers(CHAT, received::add, EVENTS, stream.replace("~", "\n")));
        assertThat(worker.worker().value()).matches(".*\\." + kind + "-[a-z2-7]{6}");

        // When
        var completed = done(worker, Intents.chat(1, "hello"));

        // Then
        assertThat(completed.text()).isEqualTo("Hi you").isEqualTo(realm.text());
        assertThat(lastReceived()).contains("\"stream\":true").contains("\"content\":\"hello\"");
    }

    @Test
    void shouldHaveLocalAiDoWhatEachOfItsModelsCan() {
        // Given
        byte[] sound = Sounds.silence(100);
        WorkerAnnouncement worker = joined(ServerStub.of("localai-4")
                .answers("/v1/audio/transcriptions", received::add, "application/json", "{\"text\":\"Hi\"}")
                .answers("/v1/audio/speech", received::add, "audio/x-wav", sound)
                .answers(
                        "/v1/embeddings",
                        received::add,
                        "application/json",
                        "{\"data\":[{\"index\":0,\"embedding\":[0.5,1]}]}")
                .answers(
                        "/v1/rerank",
                        received::add,
                        "application/json",
                        "{\"results\":[{\"index\":0,\"document\":{\"text\":\"a\"},\"relevance_score\":0.5}]}"));

        // When
        var heard = done(worker, Intents.transcribe(1, sound));
        var spoken = done(worker, Intents.speak(2, "Hello"));
        var embedded = done(worker, embed(3, "Hello"));
        var question = Intents.intent(4, QueryType.RERANK, "?", null, List.of(medium("application/json", "[\"a\"]")));
        var ordered = done(worker, question);

        // Then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(embedded.text()).isEqualTo("{\"embeddings\":[[0.5,1]]}");
        assertThat(ordered.text()).isEqualTo("{\"results\":[{\"index\":0,\"relevance_score\":0.5}]}");
        assertThat(List.of(heard, spoken, embedded, ordered).stream().map(GatewayBound.Completed::model))
                .containsExactly("parakeet", "piper-amy", "nomic", "jina");
    }

    /** Replies as in koboldcpp.py of 1.115. */
    @Test
    void shouldHaveKoboldCppHearSpeakAndEmbed() {
        // Given
        byte[] sound = Sounds.silence(100);
        WorkerAnnouncement worker = joined(ServerStub.of("koboldcpp-1.115-speech")
                .answers("/v1/audio/transcriptions", received::add, "application/json", "{\"text\":\" Hi\"}")
                .answers("/v1/audio/speech", received::add, "audio/wav", sound)
                .answers(
                        "/v1/embeddings",
                        received::add,
                        "application/json",
                        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,1]}],"
                                + "\"model\":\"nomic\",\"usage\":{\"prompt_tokens\":3,\"total_tokens\":3}}"));

        // When
        var heard = done(worker, Intents.transcribe(1, sound));
        var spoken = done(worker, Intents.speak(2, "Hello"));
        var embedded = done(worker, embed(3, "Hello"));

        // Then
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(spoken.text()).isEmpty();
        assertThat(realm.awaitGateway(GatewayBound.MediaPart.class).mediaType()).isEqualTo("audio/wav");
        assertThat(embedded.text()).isEqualTo("{\"embeddings\":[[0.5,1]]}");
    }

    @Test
    void shouldHaveLocalAiPaint() {
        // Given
        byte[] picture = Paintings.png(64);
        String painted = "{\"created\":1,\"id\":\"i\",\"data\":[{\"embedding\":null,\"index\":0,\"b64_json\":\""
                + Base64.getEncoder().encodeToString(picture) + "\"}],\"usage\":{\"prompt_tokens\":0}}";
        WorkerAnnouncement worker = joined(ServerStub.of("localai-4")
                .answers("/v1/images/generations", received::add, "application/json", painted));

        // When
        var completed = done(worker, Intents.intent(1, QueryType.IMAGINE, "a fox", null, List.of()));

        // Then
        assertThat(completed.model()).isEqualTo("sd");
        assertThat(realm.awaitGateway(GatewayBound.MediaPart.class).mediaType()).isEqualTo("image/png");
        assertThat(lastReceived())
                .contains("\"model\":\"sd\"", "\"prompt\":\"a fox\"", "\"n\":1", "\"response_format\":\"b64_json\"");
    }

    @Test
    void shouldTellWhyLocalAiPaintedNothing() {
        WorkerAnnouncement worker = joined(ServerStub.of("localai-4")
                .refuses(
                        "/v1/images/generations",
                        500,
                        "{\"error\":{\"code\":500,\"message\":\"could not load model: rpc error\",\"type\":\"\"}}"));

        assertThat(failed(worker, Intents.intent(1, QueryType.IMAGINE, "a fox", null, List.of())))
                .isEqualTo(Cause.FAILED);
    }

    @Test
    void shouldShowAPictureToTheModelOfLocalAiThatSees() {
        // Given
        WorkerAnnouncement worker = joined(ServerStub.of("localai-4")
                .answers(
                        CHAT,
                        received::add,
                        EVENTS,
                        "data: {\"choices\":[{\"delta\":{\"content\":\"A cat\"},\"finish_reason\":\"stop\"}]}\n\n"));

        // When
        var seen = done(
                worker, Intents.intent(1, QueryType.VISION, "What?", null, List.of(medium("image/png", "picture"))));

        // Then
        assertThat(seen.text()).isEqualTo("A cat");
        assertThat(seen.model()).isEqualTo("qwen2.5-vl");
        assertThat(lastReceived()).contains("data:image/png;base64,cGljdHVyZQ==");
    }

    @Test
    void shouldWaitUntilLocalAiHasStarted() {
        // Given
        ServerStub stub = ServerStub.of("localai-4-starting");
        agentLookingAt(stub);
        assertThat(realm.announced()).noneMatch(WorkerAnnouncement.class::isInstance);

        // When
        stub.becomes("localai-4");

        // Then
        WorkerAnnouncement worker = realm.awaitAnnounced(WorkerAnnouncement.class, each -> true);
        assertThat(worker.serves().getFirst().models()).containsExactly("qwen3-4b", "qwen2.5-vl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tgi-3          | 429 | {"error":"Model is overloaded","error_type":"overloaded"} | BUSY
            tgi-3          | 422 | {"error":"Input validation error: `inputs` must have less than 1024 tokens","error_type":"validation"} | BAD_INPUT
            tgi-3          | 424 | {"error":"Request failed during generation","error_type":"generation"} | FAILED
            koboldcpp-1.76 | 503 | {"detail":{"msg":"Server is busy; please try again later.","type":"service_unavailable"}} | BUSY
            koboldcpp-1.76 | 401 | {"detail":{"error":"Unauthorized","msg":"Authentication key is missing or invalid.","type":"unauthorized"}} | NEEDS_KEY
            lm-studio-0.4  | 200 | {"error":"Unexpected endpoint or method. (POST /v1/chat/completions)"} | FAILED
            lm-studio-0.4  | 404 | {"error":{"message":"Model not found","type":"invalid_request_error"}} | NO_MODEL
            localai-4      | 500 | {"error":{"code":500,"message":"could not load model: rpc error","type":""}} | FAILED
            """)
    void shouldTellWhyAServerRefused(String server, int status, String body, Cause cause) {
        assertThat(failed(joined(ServerStub.of(server).refuses(CHAT, status, body)), Intents.chat(1, "hello")))
                .isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tgi-3          | data: {"error":"Request failed during generation","error_type":"generation"}
            localai-4      | data: {"error":{"code":500,"message":"boom","type":""}}
            vllm-0.11      | data: {"object":"error","message":"boom","type":"InternalServerError","code":500}
            koboldcpp-1.76 | data: {"id":"koboldcpp","choices":[{"index":0,"finish_reason":null,"delta":{"content":"Hi"}}]}
            lm-studio-0.4  | event: error
            """)
    void shouldNotTakeHalfAnAnswerForAWholeOne(String server, String end) {
        String begun = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi \"},\"finish_reason\":null}]}\n\n";
        WorkerAnnouncement worker =
                joined(ServerStub.of(server).answers(CHAT, received::add, EVENTS, begun + end + "\n\n"));
        assertThat(failed(worker, Intents.chat(1, "hello"))).isEqualTo(Cause.FAILED);
    }

    @Test
    void shouldEmbedByOllamaInItsOwnWay() {
        // Given
        WorkerAnnouncement worker = joined(ServerStub.of("ollama-0.19")
                .answers("/api/embed", received::add, "application/json", "{\"embeddings\":[[1,2]]}"));

        // When
        var embedded = done(worker, embed(1, "Hello"));

        // Then
        assertThat(embedded.text()).isEqualTo("{\"embeddings\":[[1,2]]}");
        assertThat(lastReceived()).isEqualTo("{\"model\":\"nomic-embed-text:latest\",\"input\":[\"Hello\"]}");
    }

    @Test
    void shouldSpeakByXttsInALanguageWithTheVoiceThatIsAskedFor() {
        // Given
        byte[] sound = Sounds.silence(100);
        WorkerAnnouncement worker =
                joined(ServerStub.of("xtts-0.9").answers("/tts_to_audio/", received::add, "audio/wav", sound));

        // When
        done(worker, Intents.speak(1, "Hello"));
        done(worker, Intents.with(Intents.speak(2, "Hallo"), "{\"language\":\"de\",\"voice\":\"male\"}"));

        // Then
        assertThat(received.stream().map(each -> each.file().toString()))
                .containsExactly(
                        "{\"text\":\"Hello\",\"speaker_wav\":\"calm_female\",\"language\":\"en\"}",
                        "{\"text\":\"Hallo\",\"speaker_wav\":\"male\",\"language\":\"de\"}");
        assertThat(realm.awaitGateway(GatewayBound.MediaPart.class).data().array())
                .isEqualTo(sound);
    }

    @Test
    void shouldNotOfferAModelThatIsGone() {
        // Given
        ServerStub stub = ServerStub.of("ollama-0.19");
        joined(stub);

        // When
        stub.becomes("ollama-0.3");

        // Then
        WorkerAnnouncement changed = realm.awaitAnnounced(
                WorkerAnnouncement.class,
                each -> !each.serves().getFirst().models().contains("qwen3:8b"));
        assertThat(changed.serves().getFirst().models()).containsExactly("llama3:latest", "llava:7b");
    }

    @ParameterizedTest
    @CsvSource({"tgi-3", "koboldcpp-1.76", "localai-4", "lm-studio-0.4"})
    void shouldBreakOffAtTheServerWhenItIsCancelled(String server) {
        // Given
        var closed = new AtomicBoolean();
        WorkerAnnouncement worker = joined(ServerStub.of(server).on(CHAT, request -> {
            request.connection().closeHandler(gone -> closed.set(true));
            request.response().putHeader("Content-Type", EVENTS).setChunked(true);
            request.response().write("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n");
        }));
        assign(worker, Intents.chat(1, "hello"));
        realm.awaitGateway(GatewayBound.Text.class);

        // When
        realm.bus().send(Addresses.worker(worker.worker()), new WorkerBound.Cancel(Intents.key(1), 1));

        // Then
        Await.until("the connection to close", closed::get);
        assertThat(realm.awaitGateway(GatewayBound.Failed.class).cause()).isEqualTo(Cause.CANCELLED);
    }

    @Test
    void shouldGiveLessToAServerInWhichALineForms() {
        // Given
        String line = "vllm:num_requests_running{model_name=\"m\"} 8.0\nvllm:num_requests_waiting{model_name=\"m\"} ";
        ServerStub stub = ServerStub.of("vllm-0.11").says("/metrics", line + "3.0\n");

        // When
        assertThat(joined(stub).load().slots()).isEqualTo(8);

        // Then
        realm.awaitAnnounced(WorkerAnnouncement.class, each -> each.load().slots() == 1);

        // When: it does not tell any more.
        realm.announced().clear();
        stub.says("/metrics", "");

        // Then: it gets what it may have at most.
        realm.awaitAnnounced(WorkerAnnouncement.class, each -> each.load().slots() == 8);
    }
}
