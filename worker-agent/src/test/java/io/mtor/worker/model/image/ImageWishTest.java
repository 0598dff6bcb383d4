// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mtor.common.protocol.Bytes;
import io.mtor.common.protocol.Intent;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.QueryType;
import io.mtor.worker.model.http.BadInputException;
import io.mtor.worker.testing.Intents;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageWishTest {

    private static Intent intent(String text, String parameters) {
        return Intents.with(Intents.intent(1, QueryType.IMAGINE, text, null, List.of()), parameters);
    }

    @Test
    void shouldLeaveOpenWhatTheIntentLeavesOpen() throws BadInputException {
        assertThat(ImageWish.of(intent("a fox", "{\"seed\":null,\"mood\":\"calm\"}")))
                .isEqualTo(new ImageWish("a fox", null, null, null, null, null));
    }

    @Test
    void shouldTakeTheSeedsThatThePageDraws() throws BadInputException {
        assertThat(ImageWish.of(intent("a fox", "{\"seed\":2147483647}")).seed())
                .isEqualTo(0x7fff_ffffL);
        assertThat(ImageWish.of(intent("a fox", "{\"seed\":0}")).seed()).isZero();
    }

    @Test
    void shouldNameTheParameterThatCannotBe() {
        record Case(String parameters, String message) {}
        for (Case each : List.of(
                new Case("{\"seed\":-1}", "the parameter seed must be a whole number from 0 to 4294967295"),
                new Case("{\"seed\":4294967296}", "the parameter seed must be a whole number from 0 to 4294967295"),
                new Case("{\"seed\":\"1\"}", "the parameter seed must be a whole number from 0 to 4294967295"),
                new Case("{\"seed\":1e99}", "the parameter seed must be a whole number from 0 to 4294967295"),
                new Case("{\"steps\":0}", "the parameter steps must be a whole number from 1 to 100"),
                new Case("{\"steps\":101}", "the parameter steps must be a whole number from 1 to 100"),
                new Case("{\"steps\":1.5}", "the parameter steps must be a whole number from 1 to 100"),
                new Case("{\"width\":32}", "the parameter width must be a whole number from 64 to 2048"),
                new Case("{\"height\":4096}", "the parameter height must be a whole number from 64 to 2048"),
                new Case("{\"height\":513}", "the parameter height must be a multiple of 8"),
                new Case("{\"negative_prompt\":7}", "the parameter negative_prompt must be a text"))) {
            assertThatThrownBy(() -> ImageWish.of(intent("a fox", each.parameters)))
                    .isInstanceOf(BadInputException.class)
                    .hasMessage(each.message);
        }
    }

    @Test
    void shouldWantWordsAndNothingElse() {
        Media picture = Media.whole("image/png", Bytes.of(new byte[1]));
        Intent withMedia = Intents.intent(1, QueryType.IMAGINE, "like this", null, List.of(picture));
        assertThatThrownBy(() -> ImageWish.of(intent(" ", "{}"))).hasMessage("imagine needs a text");
        assertThatThrownBy(() -> ImageWish.of(withMedia)).hasMessage("imagine takes words and no media");
    }
}
