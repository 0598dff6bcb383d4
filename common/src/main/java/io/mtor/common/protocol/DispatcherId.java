// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A dispatcher. */
public record DispatcherId(@JsonValue String value) implements Comparable<DispatcherId> {

    /** @throws IllegalArgumentException if it is not one to 128 printable ASCII characters without spaces */
    @JsonCreator
    public DispatcherId {
        Ids.checked(value, "dispatcher_id");
    }

    @Override
    public int compareTo(DispatcherId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
