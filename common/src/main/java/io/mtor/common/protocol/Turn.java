// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

/** One earlier turn of a conversation; {@code role} is {@code system}, {@code user} or {@code assistant}. */
public record Turn(String role, String content) {

    /** @throws IllegalArgumentException if the role is none of the three */
    public Turn {
        if (!role.equals("user") && !role.equals("assistant") && !role.equals("system")) {
            throw new IllegalArgumentException("role must be system, user or assistant");
        }
    }
}
