// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A gateway. */
public record GatewayId(@JsonValue String value) implements Comparable<GatewayId> {

    /** @throws IllegalArgumentException if it is not one to 128 printable ASCII characters without spaces */
    @JsonCreator
    public GatewayId {
        Ids.checked(value, "gateway_id");
    }

    @Override
    public int compareTo(GatewayId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
