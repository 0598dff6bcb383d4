// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.dispatcher.select;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {

    private final Breaker breaker = new Breaker(1_000, 30_000);

    @Test
    void shouldDoubleTheTimeItStaysOpenUpToTheMost() {
        long now = 0;
        for (long open : new long[] {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000}) {
            breaker.failed(now);
            assertThat(breaker.halfOpen(now + open - 1))
                    .as("still open for %d", open)
                    .isFalse();
            assertThat(breaker.halfOpen(now + open)).isTrue();
            now += open;
        }
    }

    @Test
    void shouldCountFailuresWhileOpenAsOne() {
        breaker.failed(0);
        breaker.failed(1);
        breaker.failed(2);

        assertThat(breaker.halfOpen(1_000)).isTrue();
    }

    @Test
    void shouldLetOneThroughAfterwardsAndTwiceAsManyWithEachSuccess() {
        breaker.failed(0);
        assertThat(breaker.limit()).isZero();
        assertThat(breaker.halfOpen(1_000)).isTrue();

        assertThat(breaker.limit()).isEqualTo(1);
        breaker.succeeded();
        breaker.succeeded();
        assertThat(breaker.limit()).isEqualTo(4);
    }

    @Test
    void shouldForgetEarlierFailuresAfterASuccess() {
        breaker.failed(0);
        assertThat(breaker.halfOpen(1_000)).isTrue();
        breaker.succeeded();
        breaker.failed(2_000);

        assertThat(breaker.halfOpen(3_000)).isTrue();
    }

    @Test
    void shouldNotOverflowAfterVeryManyFailures() {
        long now = 0;
        for (int i = 0; i < 200; i++) {
            breaker.failed(now);
            now += 30_000;
            assertThat(breaker.halfOpen(now)).isTrue();
        }
    }
}
