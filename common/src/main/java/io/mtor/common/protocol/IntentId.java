// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** The guid of an intent, chosen by the client: a canonical lower-case UUID. */
public record IntentId(@JsonValue String value) {

    private static final int LENGTH = 36;

    /** @throws IllegalArgumentException if it is not a canonical lower-case UUID */
    @JsonCreator
    public IntentId {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("guid must be a canonical lower-case UUID");
        }
    }

    /** A new id, drawn from the platform's secure random source. */
    public static IntentId random() {
        return new IntentId(UUID.randomUUID().toString());
    }

    private static boolean isCanonical(String id) {
        if (id.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = id.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : (c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
