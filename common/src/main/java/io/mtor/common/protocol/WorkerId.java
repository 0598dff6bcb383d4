// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A worker: something addressable that does intents; one per model server on a host. */
public record WorkerId(@JsonValue String value) implements Comparable<WorkerId> {

    /** @throws IllegalArgumentException if it is not one to 128 printable ASCII characters without spaces */
    @JsonCreator
    public WorkerId {
        Ids.checked(value, "worker_id");
    }

    @Override
    public int compareTo(WorkerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
