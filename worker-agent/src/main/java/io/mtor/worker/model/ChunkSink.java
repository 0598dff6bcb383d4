// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.model;

import io.mtor.common.bus.GatewayBound.Cause;
import io.mtor.common.protocol.Media;
import io.mtor.common.protocol.Usage;
import org.jspecify.annotations.Nullable;

/** Takes what a model server makes of one intent: any number of pieces, then one end. */
public interface ChunkSink {

    void text(String text);

    /** A whole medium. */
    void medium(Media medium);

    /** It goes on: {@code done} of {@code of}. */
    void progress(int done, int of, @Nullable Media preview);

    /**
     * The model server gave a sign of life without a piece, such as a model that thinks or loads: it is not hung.
     */
    void alive();

    /** @param model the model that answered, if the server names one */
    void completed(@Nullable String model, @Nullable Usage usage);

    /** @param message for people; never the user's text */
    void failed(Cause cause, String message);
}
