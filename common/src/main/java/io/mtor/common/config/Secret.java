// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A value that is never printed: not by {@code --show-config}, not in an error, not in a log.
 *
 * @param value the secret itself, for the one place that uses it
 */
public record Secret(String value) {

    /** What stands for every secret in print. */
    public static final String MASK = "********";

    public Secret {
        if (value.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
    }

    /** Whether the other text is this secret, in a time that does not tell how much of it was right. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return MASK;
    }
}
