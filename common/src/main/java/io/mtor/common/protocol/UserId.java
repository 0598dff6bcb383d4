// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A user; whose intents and queue share are counted together. */
public record UserId(@JsonValue String value) implements Comparable<UserId> {

    /** @throws IllegalArgumentException if it is not one to 128 printable ASCII characters without spaces */
    @JsonCreator
    public UserId {
        Ids.checked(value, "user_id");
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
