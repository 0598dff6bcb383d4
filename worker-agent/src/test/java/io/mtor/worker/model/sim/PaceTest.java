// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void shouldSpreadThePiecesEvenly() {
        var pace = new Pace(200, 8);

        assertThat(pace.untilNext(0, 0)).isEqualTo(25);
        assertThat(pace.untilNext(7, 175)).isEqualTo(25);
    }

    @Test
    void shouldHaveAnAnswerWhoseTimersAreAllLateEndInTime() {
        var pace = new Pace(200, 8);
        long elapsed = 0;

        for (int made = 0; made < 8; made++) {
            elapsed += pace.untilNext(made, elapsed) + 2;
        }

        assertThat(elapsed).isEqualTo(202);
    }

    @Test
    void shouldNotWaitForWhatIsLate() {
        assertThat(new Pace(200, 8).untilNext(1, 90)).isZero();
    }

    @Test
    void shouldHaveAllDueAtOnceWithoutATime() {
        assertThat(new Pace(0, 3).untilNext(2, 0)).isZero();
    }

    @Test
    void shouldEndInTimeThoughThePiecesDoNotDivideIt() {
        assertThat(new Pace(100, 3).untilNext(2, 0)).isEqualTo(100);
    }
}
