// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Settings for the model server, such as {@code temperature} or {@code width}: a JSON object that the realm carries
 * without looking into it.
 *
 * @param json the object as compact JSON text
 */
public record Parameters(@JsonValue @JsonRawValue String json) {

    public static final Parameters NONE = new Parameters("{}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Parameters of(JsonNode object) {
        return new Parameters(object.toString());
    }
}
