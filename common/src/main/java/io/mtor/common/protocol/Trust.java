// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose a worker is, as far as that matters to the privacy of an intent. */
public enum Trust {
    /** The operator's own. */
    @JsonProperty("own")
    OWN,
    /** Somebody's whom the operator trusts with what users say. */
    @JsonProperty("trusted")
    TRUSTED,
    /** Anybody's: gets only what its user lets anybody see. */
    @JsonProperty("volunteer")
    VOLUNTEER;

    /** True if such a worker may see an intent of that privacy. */
    public boolean maySee(Privacy privacy) {
        return switch (privacy) {
            case TRUSTED -> this != VOLUNTEER;
            case ANY -> true;
        };
    }
}
