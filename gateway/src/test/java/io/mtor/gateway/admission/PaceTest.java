// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Test
    void shouldLetACrowdInAtOnceUpToTheLimit() {
        var pace = new Pace(3);

        assertThat(pace.take(-500)).isZero();
        assertThat(pace.take(-500)).isZero();
        assertThat(pace.take(-500)).isZero();
        assertThat(pace.take(-500)).isEqualTo(1_000);
    }

    @Test
    void shouldSayWhenThereIsRoomAgainAndThenHaveRoom() {
        var pace = new Pace(2);
        pace.take(0);
        pace.take(300);

        assertThat(pace.take(400)).isEqualTo(600);
        assertThat(pace.take(999)).isPositive();
        assertThat(pace.take(1_000)).isZero();
        assertThat(pace.take(1_299)).isPositive();
        assertThat(pace.take(1_300)).isZero();
    }

    @Test
    void shouldGiveThoseTurnedAwayTurnsThatItCanServe() {
        var pace = new Pace(4);
        for (int i = 0; i < 4; i++) {
            pace.take(0);
        }

        assertThat(IntStream.range(0, 6).mapToLong(i -> pace.take(100)))
                .containsExactly(900L, 1_150L, 1_400L, 1_650L, 1_900L, 2_150L);
    }

    @Test
    void shouldSendNobodyAwayForLong() {
        var pace = new Pace(1);
        pace.take(0);
        for (int i = 0; i < 100; i++) {
            pace.take(0);
        }

        assertThat(pace.take(0)).isEqualTo(Pace.MAX_WAIT);
    }

    @Test
    void shouldForgetTurnsThatAreOver() {
        var pace = new Pace(1);
        pace.take(0);
        for (int i = 0; i < 5; i++) {
            pace.take(0);
        }
        assertThat(pace.take(60_000)).isZero();

        assertThat(pace.take(60_000)).isEqualTo(1_000);
    }

    @Test
    void shouldNotCountThoseThatItTurnedAway() {
        var pace = new Pace(1);
        pace.take(0);
        for (int now = 1; now < 1_000; now++) {
            assertThat(pace.take(now)).isPositive();
        }

        assertThat(pace.take(1_000)).isZero();
    }

    @Test
    void shouldHoldTheLimitInEverySecondThereIs() {
        var pace = new Pace(50);
        var random = new Random(7);
        List<Long> cameIn = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(12);
            if (pace.take(now) == 0) {
                cameIn.add(now);
            }
        }

        assertThat(cameIn).hasSizeGreaterThan(1_000);
        for (int i = 50; i < cameIn.size(); i++) {
            assertThat(cameIn.get(i) - cameIn.get(i - 50)).isGreaterThanOrEqualTo(1_000);
        }
    }
}
