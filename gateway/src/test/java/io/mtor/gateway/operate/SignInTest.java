// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mtor.common.config.Secret;
import io.mtor.gateway.operate.SignIn.Outcome;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final String TOKEN = "a token that is long enough";

    private final SignIn signIn = new SignIn(new Secret(TOKEN));

    @Test
    void shouldKnowTheTokenAndNothingElse() {
        assertThat(signIn.isOperator()).isFalse();
        assertThat(signIn.show(TOKEN)).isEqualTo(Outcome.OPERATOR);
        assertThat(signIn.isOperator()).isTrue();
        assertThat(signIn.show(TOKEN + "x")).isEqualTo(Outcome.WRONG);
        assertThat(signIn.isOperator()).isFalse();
        assertThat(signIn.show("")).isEqualTo(Outcome.WRONG);
    }

    @Test
    void shouldSignOutWhoeverShowsNone() {
        signIn.show(TOKEN);

        assertThat(signIn.show(null)).isEqualTo(Outcome.NOBODY);
        assertThat(signIn.isOperator()).isFalse();
    }

    @Test
    void shouldLoseItsPatienceWithTheFifthWrongOne() {
        for (int wrong = 1; wrong < SignIn.MAX_WRONG; wrong++) {
            assertThat(signIn.show("guess " + wrong)).isEqualTo(Outcome.WRONG);
            signIn.show(TOKEN);
        }

        assertThat(signIn.show("guess")).isEqualTo(Outcome.TOO_OFTEN_WRONG);
    }

    @Test
    void shouldLetNobodyInWhereThereIsNoToken() {
        var closed = new SignIn(null);

        assertThat(closed.show(TOKEN)).isEqualTo(Outcome.WRONG);
        assertThat(closed.show(null)).isEqualTo(Outcome.NOBODY);
        assertThat(closed.isOperator()).isFalse();
    }
}
