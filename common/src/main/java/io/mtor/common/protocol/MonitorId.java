// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A health monitor. */
public record MonitorId(@JsonValue String value) implements Comparable<MonitorId> {

    /** @throws IllegalArgumentException if it is not one to 128 printable ASCII characters without spaces */
    @JsonCreator
    public MonitorId {
        Ids.checked(value, "monitor_id");
    }

    @Override
    public int compareTo(MonitorId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
