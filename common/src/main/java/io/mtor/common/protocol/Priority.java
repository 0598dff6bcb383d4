// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How urgent an intent is, the most urgent first; each has a guaranteed share of freed slots. */
public enum Priority {
    @JsonProperty("voice")
    VOICE,
    @JsonProperty("interactive")
    INTERACTIVE,
    @JsonProperty("api")
    API,
    @JsonProperty("batch")
    BATCH
}
