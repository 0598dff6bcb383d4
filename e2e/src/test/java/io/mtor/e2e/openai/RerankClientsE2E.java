// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.cohere.CohereScoringModel;
import dev.langchain4j.model.jina.JinaScoringModel;
import dev.langchain4j.model.scoring.ScoringModel;
import io.mtor.e2e.testing.TestRealm;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients of Jina and of Cohere, which speak to {@code /v1/rerank} in two forms that differ a little. */
class RerankClientsE2E {

    private static final String ORDERS = """
            [[agent.command]]
            name = "order"
            query_type = "rerank"
            argv = ["printf", "{\\"results\\":[{\\"index\\":1,\\"relevance_score\\":0.75},{\\"index\\":0,\\"relevance_score\\":0.25}]}"]
            """;

    private static final List<TextSegment> TEXTS =
            List.of(TextSegment.from("Bees make honey."), TextSegment.from("Paris is the capital of France."));

    enum Client {
        JINA((realm, model) -> JinaScoringModel.builder()
                .baseUrl(realm.uri() + "/v1/")
                .apiKey("none")
                .modelName(model)
                .maxRetries(0)
                .build()),

        COHERE((realm, model) -> CohereScoringModel.builder()
                .baseUrl(realm.uri() + "/v1/")
                .apiKey("none")
                .modelName(model)
                .maxRetries(0)
                .build());

        private final BiFunction<TestRealm, String, ScoringModel> opening;

        Client(BiFunction<TestRealm, String, ScoringModel> opening) {
            this.opening = opening;
        }

        ScoringModel open(TestRealm realm, String model) {
            return opening.apply(realm, model);
        }
    }

    @ParameterizedTest
    @EnumSource
    void textsAreScoredInTheirOrder(Client client) {
        try (var realm = TestRealm.start(ORDERS)) {
            var scores = client.open(realm, "auto").scoreAll(TEXTS, "What is the capital of France?");

            assertThat(scores.content()).containsExactly(0.25, 0.75);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownModelIsAnErrorThatNamesIt(Client client) {
        try (var realm = TestRealm.start(ORDERS)) {
            ScoringModel model = client.open(realm, "no-such-model");

            assertThatThrownBy(() -> model.scoreAll(TEXTS, "What is it?")).hasMessageContaining("no-such-model");
        }
    }
}
