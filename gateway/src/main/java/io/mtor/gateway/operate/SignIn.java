// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway.operate;

import io.mtor.common.config.Secret;
import org.jspecify.annotations.Nullable;

/** Whether one connection is an operator's, by the token that it showed last. */
public final class SignIn {

    /** Whoever shows so many wrong ones is not mistyping. */
    public static final int MAX_WRONG = 5;

    private final @Nullable Secret token;
    private boolean operator;
    private int wrong;

    /** What became of showing a token. */
    public enum Outcome {
        /** None was shown. */
        NOBODY,
        OPERATOR,
        WRONG,
        /** Wrong once too often: the connection is to be closed. */
        TOO_OFTEN_WRONG
    }

    /** @param token null if nobody is an operator here */
    public SignIn(@Nullable Secret token) {
        this.token = token;
    }

    /** Takes what a greeting showed; one without a token signs out. */
    public Outcome show(@Nullable String shown) {
        operator = shown != null && token != null && token.matches(shown);
        if (shown == null || operator) {
            return operator ? Outcome.OPERATOR : Outcome.NOBODY;
        }
        wrong++;
        return wrong >= MAX_WRONG ? Outcome.TOO_OFTEN_WRONG : Outcome.WRONG;
    }

    public boolean isOperator() {
        return operator;
    }
}
