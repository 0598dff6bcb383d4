// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RhythmTest {

    @Test
    void shouldSpreadThePiecesEvenly() {
        var rhythm = new Rhythm(200, 8);

        assertThat(rhythm.untilNext(0, 0)).isEqualTo(25);
        assertThat(rhythm.untilNext(7, 175)).isEqualTo(25);
    }

    @Test
    void shouldHaveAnAnswerWhoseTimersAreAllLateEndInTime() {
        var rhythm = new Rhythm(200, 8);
        long elapsed = 0;

        for (int made = 0; made < 8; made++) {
            elapsed += rhythm.untilNext(made, elapsed) + 2;
        }

        assertThat(elapsed).isEqualTo(202);
    }

    @Test
    void shouldKeepWhatIsLateApartFromWhatWasBeforeIt() {
        assertThat(new Rhythm(200, 8).untilNext(1, 90)).isEqualTo(1);
    }

    @Test
    void shouldHavePiecesDueTogetherWhereThereAreMoreOfThemThanMilliseconds() {
        var rhythm = new Rhythm(2, 6);

        assertThat(rhythm.untilNext(0, 0)).isZero();
        assertThat(rhythm.untilNext(2, 0)).isEqualTo(1);
        assertThat(rhythm.untilNext(3, 1)).isZero();
    }

    @Test
    void shouldHaveAllDueAtOnceWithoutATime() {
        assertThat(new Rhythm(0, 3).untilNext(2, 0)).isZero();
    }

    @Test
    void shouldEndInTimeThoughThePiecesDoNotDivideIt() {
        assertThat(new Rhythm(100, 3).untilNext(2, 0)).isEqualTo(100);
    }
}
