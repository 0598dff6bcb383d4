// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.gateway;

import io.mtor.common.config.Key;
import io.mtor.common.config.Secret;
import org.jspecify.annotations.Nullable;

/** Who may operate the realm. */
public record OperatorConfig(
        @Key(doc = "What operators show to be let in, at least 16 characters; without it nobody is one") @Nullable
        Secret token) {

    private static final int MIN_CHARS = 16;

    /** @throws IllegalArgumentException if the token could be guessed */
    public OperatorConfig {
        if (token != null && token.value().length() < MIN_CHARS) {
            throw new IllegalArgumentException("token must have at least " + MIN_CHARS + " characters");
        }
    }
}
