// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.mtor.e2e.testing.TestRealm;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** LangChain4j against the OpenAI-shaped face. */
class LangChainE2E {

    private static final String WHOLE = "the realm is bre".repeat(8);

    @Test
    void aPlainAnswerArrives() {
        try (var realm = TestRealm.start(OpenAiClientE2E.simulated("answer", "100ms"))) {
            assertThat(model(realm, "sim-model").chat("What is a realm?")).isEqualTo(WHOLE);
        }
    }

    @Test
    void aStreamedAnswerArrivesInPieces() throws Exception {
        try (var realm = TestRealm.start(OpenAiClientE2E.simulated("answer", "100ms"))) {
            var answer = new Collected();

            streaming(realm).chat("What is a realm?", answer);

            assertThat(answer.whole()).isEqualTo(WHOLE);
            assertThat(answer.pieces.toString()).isEqualTo(WHOLE);
        }
    }

    @Test
    void whatBreaksMidwayIsAnError() {
        try (var realm = TestRealm.start(OpenAiClientE2E.simulated("break-midway", "100ms"))) {
            var answer = new Collected();

            streaming(realm).chat("What is a realm?", answer);

            assertThatThrownBy(answer::whole).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void anUnknownModelIsAnError() {
        try (var realm = TestRealm.start(OpenAiClientE2E.simulated("answer", "100ms"))) {
            assertThatThrownBy(() -> model(realm, "no-such-model").chat("What is a realm?"))
                    .hasMessageContaining("no-such-model");
        }
    }

    private static OpenAiChatModel model(TestRealm realm, String model) {
        return OpenAiChatModel.builder()
                .baseUrl(realm.uri() + "/v1")
                .apiKey("none")
                .modelName(model)
                .maxRetries(0)
                .build();
    }

    private static OpenAiStreamingChatModel streaming(TestRealm realm) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(realm.uri() + "/v1")
                .apiKey("none")
                .modelName("sim-model")
                .build();
    }

    /** What a stream brought. */
    @SuppressWarnings("JdkObsolete") // written and read by several threads
    private static final class Collected implements StreamingChatResponseHandler {

        private final StringBuffer pieces = new StringBuffer();
        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.append(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        String whole() throws InterruptedException, ExecutionException, TimeoutException {
            return end.get(60, TimeUnit.SECONDS).aiMessage().text();
        }
    }
}
