// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model.http;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Usage;
import org.jspecify.annotations.Nullable;

/** What a part of a model server's answer means. */
public sealed interface Answer {

    record Text(String text) implements Answer {}

    /** A whole picture or sound. */
    record Medium(Media medium) implements Answer {}

    /** It works, but has nothing to show: it thinks, loads, or only keeps the connection open. */
    record Alive() implements Answer {}

    /** The answer is whole. */
    record Done(@Nullable String model, @Nullable Usage usage) implements Answer {}

    /** The answer failed, whatever the status said. */
    record Broken(Cause cause, String message) implements Answer {}
}
