// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CanaryTest {

    @Test
    void shouldKnowTheAnswerToEachQuestion() {
        for (int seed = 1; seed <= 200; seed++) {
            Canary canary = Canary.draw(new Random(seed));
            assertThat(canary.isAnsweredBy("It is " + canary.answer() + ".")).isTrue();
            assertThat(canary.isAnsweredBy(canary.answer())).isTrue();
            assertThat(canary.isAnsweredBy("1" + canary.answer())).isFalse();
            assertThat(canary.isAnsweredBy("")).isFalse();
        }
    }

    @Test
    void shouldNotTakeAnyNumberForTheSum() {
        var canary = new Canary("What is 4 plus 8?", "12");
        assertThat(canary.isAnsweredBy("4 + 8 = 12")).isTrue();
        assertThat(canary.isAnsweredBy("112")).isFalse();
        assertThat(canary.isAnsweredBy("What is 4 plus 8?")).isFalse();
    }
}
