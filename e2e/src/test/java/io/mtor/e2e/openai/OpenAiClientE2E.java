// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import io.mtor.e2e.testing.Await;
import io.mtor.e2e.testing.TestRealm;
import io.mtor.e2e.testing.TestUser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The official Java client against the OpenAI-shaped face. */
class OpenAiClientE2E {

    private static final String CHAT = simulated("answer", "100ms");

    @Test
    void aPlainAnswerArrives() {
        try (var realm = TestRealm.start(CHAT)) {
            var completion = client(realm).chat().completions().create(question("sim-model"));

            var choice = completion.choices().get(0);
            assertThat(choice.message().content()).contains("the realm is bre".repeat(8));
            assertThat(choice.finishReason().asString()).isEqualTo("stop");
            assertThat(completion.usage()).isPresent();
        }
    }

    @Test
    void aStreamedAnswerArrivesInPieces() {
        try (var realm = TestRealm.start(CHAT)) {
            var whole = ChatCompletionAccumulator.create();
            long pieces;
            try (StreamResponse<ChatCompletionChunk> stream =
                    client(realm).chat().completions().createStreaming(question("sim-model"))) {
                pieces = stream.stream().peek(whole::accumulate).count();
            }

            assertThat(pieces).isGreaterThan(8);
            assertThat(whole.chatCompletion().choices().get(0).message().content())
                    .contains("the realm is bre".repeat(8));
        }
    }

    @Test
    void theDemoAnswersWhoeverAsks() {
        try (var realm = TestRealm.withDemo()) {
            var completion = client(realm).chat().completions().create(question("auto"));

            assertThat(completion.choices().get(0).message().content())
                    .hasValueSatisfying(text -> assertThat(text).contains("Your realm is alive."));
        }
    }

    @Test
    void modelsAreListed() {
        try (var realm = TestRealm.start(CHAT)) {
            assertThat(client(realm).models().list().data())
                    .extracting(Model::id)
                    .contains("sim-model");
        }
    }

    @Test
    void anUnknownModelIsRefusedAndNamed() {
        try (var realm = TestRealm.start(CHAT)) {
            var client = client(realm);

            assertThatThrownBy(() -> client.chat().completions().create(question("no-such-model")))
                    .isInstanceOfSatisfying(UnprocessableEntityException.class, refused -> {
                        assertThat(refused.code()).contains("impossible");
                        assertThat(refused).hasMessageContaining("no-such-model");
                    });
        }
    }

    @Test
    void anAnswerThatBreaksMidwayIsAnErrorAndNoHalfAnswer() {
        try (var realm = TestRealm.start(simulated("break-midway", "100ms"))) {
            var client = client(realm);

            assertThatThrownBy(() -> {
                        try (var stream = client.chat().completions().createStreaming(question("sim-model"))) {
                            stream.stream().forEach(chunk -> {});
                        }
                    })
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> client.chat().completions().create(question("sim-model")))
                    .isInstanceOf(OpenAIServiceException.class);
        }
    }

    @Test
    void closingAStreamFreesTheSlot() {
        try (var realm = TestRealm.start(simulated("answer", "10m") + "chunks = 600\n");
                var watching = new TestUser("watching", realm.uri())) {
            try (var stream = client(realm).chat().completions().createStreaming(question("sim-model"))) {
                Await.until("the slot to be taken", () -> inFlight(watching) == 1);
                assertThat(stream).isNotNull();
            }

            Await.until("the slot to be free", () -> inFlight(watching) == 0);
        }
    }

    private static int inFlight(TestUser user) {
        return user.realm().workers().stream()
                .mapToInt(worker -> worker.inFlight())
                .sum();
    }

    private static OpenAIClient client(TestRealm realm) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(realm.uri() + "/v1")
                .apiKey("none")
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60))
                .build();
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addSystemMessage("Be brief.")
                .addUserMessage("What is a realm?")
                .build();
    }

    static String simulated(String behaviour, String work) {
        return """
                [[agent.simulated]]
                query_type = "chat"
                models = ["sim-model"]
                behaviour = "%s"
                work = "%s"
                """.formatted(behaviour, work);
    }
}
