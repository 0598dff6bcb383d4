// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which workers may see an intent. */
public enum Privacy {
    /** Only the operator's own workers and those it trusts. */
    @JsonProperty("trusted")
    TRUSTED,
    @JsonProperty("any")
    ANY
}
