// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final Turn turn = new Turn();

    @Test
    void shouldBelongToTheFirstUntilNothingOfItRuns() {
        assertThat(turn.enter("ollama", 0)).isTrue();
        assertThat(turn.enter("ollama", 1)).isTrue();
        assertThat(turn.enter("comfyui", 2)).isFalse();

        turn.leave(3);
        assertThat(turn.isClosedFor("comfyui", 4)).isTrue();
        turn.leave(5);

        assertThat(turn.enter("comfyui", 6)).isTrue();
        assertThat(turn.enter("ollama", 7)).isFalse();
    }

    @Test
    void shouldLetTheOthersBeginForAMoment() {
        turn.enter("ollama", 0);
        turn.leave(1_000);

        assertThat(turn.isClosedFor("comfyui", 1_000)).isFalse();
        assertThat(turn.isClosedFor("ollama", 1_000 + Turn.AFTER_YOU_MILLIS - 1))
                .isTrue();
        assertThat(turn.enter("ollama", 1_000 + Turn.AFTER_YOU_MILLIS)).isTrue();
    }

    @Test
    void shouldNotBeKeptByWhoAlwaysHasSomethingToDo() {
        turn.enter("ollama", 0);

        assertThat(turn.enter("ollama", Turn.LONGEST_MILLIS - 1)).isTrue();
        assertThat(turn.enter("ollama", Turn.LONGEST_MILLIS)).isFalse();
        turn.leave(Turn.LONGEST_MILLIS + 1);
        turn.leave(Turn.LONGEST_MILLIS + 2);

        assertThat(turn.enter("comfyui", Turn.LONGEST_MILLIS + 3)).isTrue();
    }

    @Test
    void shouldNeverBelongToTwoAndAlwaysComeRound() {
        for (int seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var each = new Turn();
            Map<String, Integer> running = new HashMap<>();
            Map<String, Integer> begun = new HashMap<>();
            for (int now = 0; now < 400_000; now += 50) {
                for (String worker : new String[] {"a", "b", "c"}) {
                    if (random.nextInt(3) > 0 && each.enter(worker, now)) {
                        running.merge(worker, 1, Integer::sum);
                        begun.merge(worker, 1, Integer::sum);
                    }
                    if (running.getOrDefault(worker, 0) > 0 && random.nextBoolean()) {
                        running.merge(worker, -1, Integer::sum);
                        each.leave(now);
                    }
                }
                assertThat(running.values().stream().filter(count -> count > 0)).hasSizeLessThanOrEqualTo(1);
            }
            assertThat(begun).as("seed " + seed).hasSize(3);
        }
    }
}
