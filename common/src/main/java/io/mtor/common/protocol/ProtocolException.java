// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.common.protocol;

import org.jspecify.annotations.Nullable;

/** A message that cannot be accepted; its text names the field and none of our classes. */
public final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    private final transient @Nullable IntentId guid;

    public ProtocolException(ErrorCode code, String message, @Nullable IntentId guid) {
        super(message, null, false, false);
        this.code = code;
        this.guid = guid;
    }

    public ErrorCode code() {
        return code;
    }

    /** The intent the message spoke of, where that could still be read. */
    public @Nullable IntentId guid() {
        return guid;
    }
}
