// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Why an intent or a request failed. The codes are API and never reworded. */
public enum ErrorCode {
    BAD_REQUEST("bad-request", 400, false),
    TOO_LARGE("too-large", 413, false),
    UNAUTHORIZED("unauthorized", 401, false),
    FORBIDDEN("forbidden", 403, false),
    RATE_LIMITED("rate-limited", 429, true),
    IMPOSSIBLE("impossible", 422, false),
    QUEUE_FULL("queue-full", 503, true),
    DEADLINE("deadline", 504, true),
    WORKER_LOST("worker-lost", 502, true),
    WORKER_ERROR("worker-error", 502, false),
    CANCELLED("cancelled", 499, false),
    UNAVAILABLE("unavailable", 503, true),
    INTERNAL("internal", 500, true);

    private final String code;
    private final int httpStatus;
    private final boolean retryable;

    ErrorCode(String code, int httpStatus, boolean retryable) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.retryable = retryable;
    }

    /** The code on the wire. */
    @JsonValue
    public String code() {
        return code;
    }

    /** The status an HTTP client gets. */
    public int httpStatus() {
        return httpStatus;
    }

    /** True if the same intent may succeed when it is sent again later. */
    public boolean retryable() {
        return retryable;
    }

    /** The error with this code on the wire; one that a later version knows and this one does not is {@link #INTERNAL}. */
    @JsonCreator
    public static ErrorCode of(String code) {
        for (ErrorCode each : values()) {
            if (each.code.equals(code)) {
                return each;
            }
        }
        return INTERNAL;
    }
}
