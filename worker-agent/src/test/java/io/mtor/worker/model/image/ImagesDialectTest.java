// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.Assigned;
import io.mtor.worker.model.http.Answer;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.testing.Decoding;
import io.mtor.worker.testing.Intents;
import io.mtor.worker.testing.Paintings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImagesDialectTest {

    private final ImagesDialect dialect = new ImagesDialect(model -> "real-" + model, 1 << 20);

    private String written(String text, String parameters) throws BadInputException {
        Intent intent = Intents.with(Intents.intent(1, QueryType.IMAGINE, text, "sd", List.of()), parameters);
        return new String(dialect.write(new Assigned(intent, "sd", 0, 0)).body().array(), StandardCharsets.UTF_8);
    }

    private List<Answer> read(String body, int cut) {
        return Decoding.of(dialect.decoder(), body.getBytes(StandardCharsets.UTF_8), cut);
    }

    @Test
    void shouldSendNoMoreThanIsAskedFor() throws BadInputException {
        assertThat(written("a fox", "{}"))
                .isEqualTo("{\"model\":\"real-sd\",\"prompt\":\"a fox\",\"n\":1,\"response_format\":\"b64_json\"}");
    }

    @Test
    void shouldHonourWhatIsAskedForAndPartThePromptOnlyItself() throws BadInputException {
        assertThat(written(
                        "a|fox", "{\"seed\":4,\"steps\":9,\"width\":512,\"height\":768,\"negative_prompt\":\"b|lur\"}"))
                .isEqualTo("{\"model\":\"real-sd\",\"prompt\":\"a fox|b lur\",\"n\":1,\"response_format\":\"b64_json\","
                        + "\"size\":\"512x768\",\"seed\":4,\"step\":9}");
    }

    @Test
    void shouldWantBothSidesOrNone() {
        assertThatThrownBy(() -> written("a fox", "{\"width\":512}"))
                .hasMessage("this model takes the parameters width and height only together");
    }

    @Test
    void shouldReadThePictureWhereverItIsCut() {
        // Given: LocalAI 2.20, with a member that nobody knows.
        String base64 = Base64.getEncoder().encodeToString(Paintings.png(1));
        String body =
                "{\"created\":1726000000,\"id\":\"a\",\"new\":{},\"data\":[{\"embedding\":null,\"index\":0,\"b64_json\":\""
                        + base64 + "\"}],\"usage\":{\"prompt_tokens\":0}}";

        for (int cut = 0; cut <= body.length(); cut++) {
            // When
            List<Answer> answers = read(body, cut);

            // Then
            assertThat(answers).hasSize(2);
            assertThat(answers.getFirst()).isInstanceOf(Answer.Medium.class);
            assertThat(answers.getLast()).isEqualTo(new Answer.Done(null, null));
        }
    }

    @Test
    void shouldNotTakeAnythingElseForAPicture() {
        for (String body : List.of(
                "",
                "{}",
                "{\"data\":[]}",
                "{\"data\":[{\"url\":\"http://x/y.png\"}]}",
                "{\"data\":[{\"b64_json\":\"aGk=\"}]}")) {
            assertThat(read(body, 0)).singleElement().isInstanceOfSatisfying(Answer.Broken.class, broken -> assertThat(
                            broken.cause())
                    .isEqualTo(Cause.FAILED));
        }
    }

    @Test
    void shouldStopAPictureThatIsLargerThanItMay() {
        var decoder = new ImagesDialect(model -> model, 10).decoder();
        assertThat(decoder.feed(new byte[(1 << 20) + 14])).singleElement().isInstanceOf(Answer.Broken.class);
    }
}
