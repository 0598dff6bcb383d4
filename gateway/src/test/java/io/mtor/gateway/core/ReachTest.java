// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReachTest {

    private static final long ANSWERED = 0;

    private final Reach reach = new Reach();

    private void inCompany() {
        reach.look(true, true, ANSWERED, 1_000);
    }

    @Test
    void shouldReachARealmThatAnswers() {
        inCompany();

        assertThat(reach.isCutOff()).isFalse();
    }

    @Test
    void shouldBeCutOffWhenItSeesNobodyAnyMore() {
        inCompany();

        reach.look(false, false, ANSWERED, 6_000);

        assertThat(reach.isCutOff()).isTrue();
    }

    @Test
    void shouldBeCutOffWhenItHearsADispatcherThatAnswersNothing() {
        inCompany();

        reach.look(true, true, Reach.UNANSWERED_MILLIS - 1, 8_000);
        assertThat(reach.isCutOff()).isFalse();
        reach.look(true, true, Reach.UNANSWERED_MILLIS, 8_001);

        assertThat(reach.isCutOff()).isTrue();
    }

    @Test
    void shouldKeepItsClientsWhereOnlyDispatchersAreGone() {
        inCompany();

        reach.look(false, true, 60_000, 60_000);

        assertThat(reach.isCutOff()).isFalse();
    }

    @Test
    void shouldKeepItsClientsWhereThereIsNoOtherGateway() {
        reach.look(true, false, ANSWERED, 1_000);

        reach.look(false, false, ANSWERED, 10_000);
        reach.look(true, false, 60_000, 70_000);

        assertThat(reach.isCutOff()).isFalse();
    }

    @Test
    void shouldForgetAGatewayThatWasThereLongAgo() {
        inCompany();
        reach.look(true, false, ANSWERED, 1_000 + Reach.COMPANY_MILLIS);

        reach.look(false, false, ANSWERED, 1_001 + Reach.COMPANY_MILLIS);

        assertThat(reach.isCutOff()).isFalse();
    }

    @Test
    void shouldStayCutOffHoweverLongItSeesNobody() {
        inCompany();
        reach.look(false, false, ANSWERED, 6_000);

        reach.look(false, false, ANSWERED, 2 * Reach.COMPANY_MILLIS);

        assertThat(reach.isCutOff()).isTrue();
    }

    @Test
    void shouldTakeClientsAgainAsSoonAsItSeesADispatcherAgain() {
        inCompany();
        reach.look(false, false, ANSWERED, 6_000);

        reach.look(true, false, ANSWERED, 6_100);

        assertThat(reach.isCutOff()).isFalse();
    }

    @Test
    void shouldTakeClientsAgainAWhileAfterItWasNotHeard() {
        inCompany();
        reach.look(true, true, Reach.UNANSWERED_MILLIS, 8_000);

        reach.look(true, true, ANSWERED, 7_999 + Reach.AGAIN_MILLIS);
        assertThat(reach.isCutOff()).isTrue();
        reach.look(true, true, ANSWERED, 8_000 + Reach.AGAIN_MILLIS);

        assertThat(reach.isCutOff()).isFalse();
    }
}
