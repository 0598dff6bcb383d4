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
            assertThat(breaker.halfOpen(now + open - 1, false))
                    .as("still open for %d", open)
                    .isFalse();
            assertThat(breaker.halfOpen(now + open, false)).isTrue();
            now += open;
        }
    }

    @Test
    void shouldCountFailuresWhileOpenAsOne() {
        breaker.failed(0);
        breaker.failed(1);
        breaker.failed(2);

        assertThat(breaker.halfOpen(1_000, false)).isTrue();
    }

    @Test
    void shouldLetOneThroughAfterwardsAndTwiceAsManyWithEachSuccess() {
        breaker.failed(0);
        assertThat(breaker.limit()).isZero();
        assertThat(breaker.halfOpen(1_000, false)).isTrue();

        assertThat(breaker.limit()).isEqualTo(1);
        breaker.succeeded();
        breaker.succeeded();
        assertThat(breaker.limit()).isEqualTo(4);
    }

    @Test
    void shouldForgetEarlierFailuresAfterASuccess() {
        breaker.failed(0);
        assertThat(breaker.halfOpen(1_000, false)).isTrue();
        breaker.succeeded();
        breaker.failed(2_000);

        assertThat(breaker.halfOpen(3_000, false)).isTrue();
    }

    @Test
    void shouldNotOverflowAfterVeryManyFailures() {
        long now = 0;
        for (int i = 0; i < 200; i++) {
            breaker.failed(now);
            now += 30_000;
            assertThat(breaker.halfOpen(now, false)).isTrue();
        }
    }

    @Test
    void shouldTrustAWorkerThatWasOnlyDoubtedTwiceAsMuchWithEachSecondWithoutAFailure() {
        breaker.probe(500);

        assertThat(breaker.ease(1_499)).isFalse();
        assertThat(breaker.limit()).isEqualTo(1);
        assertThat(breaker.ease(1_500)).isTrue();
        assertThat(breaker.ease(1_501)).isFalse();
        assertThat(breaker.ease(2_500)).isTrue();
        assertThat(breaker.limit()).isEqualTo(4);
    }

    @Test
    void shouldAskForASuccessAfterAFailureHoweverMuchTimePasses() {
        breaker.failed(0);
        assertThat(breaker.halfOpen(1_000, false)).isTrue();
        breaker.probe(2_000);

        assertThat(breaker.ease(1_000_000)).isFalse();
        assertThat(breaker.limit()).isEqualTo(1);
        breaker.succeeded();
        assertThat(breaker.ease(1_000_000)).isTrue();
    }

    @Test
    void shouldTrustAWorkerAgainThatAcceptsAfterItHadNot() {
        breaker.unanswered(0);
        breaker.answered(1);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.halfOpen(1_000, false)).isTrue();
        assertThat(breaker.ease(2_000)).isFalse();

        breaker.answered(2_000);
        assertThat(breaker.ease(2_999)).isFalse();
        assertThat(breaker.ease(3_000)).isTrue();
    }

    /** Nobody says that a network is mended; a worker of which it was cut off must not idle for half a minute. */
    @Test
    void shouldTryAWorkerThatIsNotReachedEveryEightTimesTheShortestTimeAndNeverEjectIt() {
        Breaker strict = new Breaker(1_000, 30_000, 300_000, 900_000);
        long now = 0;

        for (int each = 0; each < 20; each++) {
            strict.unanswered(now);
            long waits = Math.min(8_000, 1_000L << Math.min(each, 10));
            assertThat(strict.halfOpen(now + waits - 1, false)).isFalse();
            now += waits;
            assertThat(strict.halfOpen(now, false)).isTrue();
        }
    }

    @Test
    void shouldAskForASuccessWhereAWorkerFailedBesideNotAccepting() {
        breaker.unanswered(0);
        assertThat(breaker.halfOpen(1_000, false)).isTrue();
        breaker.failed(1_000);
        assertThat(breaker.halfOpen(3_000, false)).isTrue();
        breaker.unanswered(3_000);
        assertThat(breaker.halfOpen(7_000, false)).isTrue();

        breaker.answered(7_000);

        assertThat(breaker.ease(1_000_000)).isFalse();
    }

    /** Whoever swallows what it is given accepts everything. */
    @Test
    void shouldAskForASuccessWhereAWorkerAcceptedAndGaveNoSign() {
        long now = 0;
        for (int each = 0; each < 6; each++) {
            breaker.silent(now);
            long waits = Math.min(8_000, 1_000L << each);
            assertThat(breaker.halfOpen(now + waits - 1, false)).isFalse();
            now += waits;
            assertThat(breaker.halfOpen(now, false)).isTrue();
            assertThat(breaker.limit()).isEqualTo(1);
            breaker.answered(now);
            assertThat(breaker.limit()).isZero();
        }
        assertThat(breaker.ease(1_000_000)).isFalse();

        breaker.succeeded();

        assertThat(breaker.limit()).isEqualTo(2);
        breaker.unanswered(now);
        assertThat(breaker.halfOpen(now + 1_000, false)).isTrue();
        breaker.answered(now + 1_000);
        assertThat(breaker.limit()).isEqualTo(1);
    }

    @Test
    void shouldHaveNothingToEaseWhenItWasNeverLimited() {
        assertThat(breaker.ease(1_000_000)).isFalse();
    }

    private final Breaker ejecting = new Breaker(1_000, 30_000, 5_000, 300_000);

    private long timeOpen(long from) {
        long now = from;
        while (!ejecting.halfOpen(now, false)) {
            now += 500;
        }
        return now - from;
    }

    @Test
    void shouldEjectForLongerEachTimeFromTheThirdFailureInARowOn() {
        long now = 0;
        for (long open : new long[] {1_000, 2_000, 5_000, 10_000, 16_000, 30_000, 30_000, 30_000, 35_000, 40_000}) {
            ejecting.failed(now);
            assertThat(timeOpen(now)).isEqualTo(open);
            now += open;
        }
        for (int i = 0; i < 100; i++) {
            ejecting.failed(now);
            now += timeOpen(now);
        }
        ejecting.failed(now);
        assertThat(timeOpen(now)).isEqualTo(300_000);
    }

    @Test
    void shouldEjectAWorkerThatFailsMostlyButNeverThreeTimesInARow() {
        long now = 0;
        for (int i = 0; i < 9; i++) {
            if (i % 3 == 2) {
                ejecting.succeeded();
            } else {
                ejecting.failed(now);
                now += timeOpen(now);
            }
        }

        ejecting.failed(now);

        assertThat(timeOpen(now)).isEqualTo(5_000);
    }

    @Test
    void shouldForgetEjectionsAfterAGoodWhile() {
        long now = 0;
        for (int i = 0; i < 5; i++) {
            ejecting.failed(now);
            now += timeOpen(now);
        }
        for (int i = 0; i < 10; i++) {
            ejecting.succeeded();
        }
        for (long open : new long[] {1_000, 2_000, 5_000}) {
            ejecting.failed(now);
            assertThat(timeOpen(now)).isEqualTo(open);
            now += open;
        }
    }

    @Test
    void shouldNotKeepAnEjectedWorkerAwayInAPanic() {
        long now = 0;
        for (int i = 0; i < 8; i++) {
            ejecting.failed(now);
            now += timeOpen(now);
        }
        ejecting.failed(now);

        assertThat(ejecting.halfOpen(now + 999, true)).isFalse();
        assertThat(ejecting.halfOpen(now + 1_000, true)).isTrue();
        assertThat(ejecting.limit()).isOne();
    }
}
