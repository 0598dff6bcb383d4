// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.gpu;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that tells whether anybody sits at this machine. */
public interface Presence extends AutoCloseable {

    /** How long nobody has touched it, at this time; null if that is not known. May block for some milliseconds. */
    @Nullable
    Duration idle(Instant now);

    @Override
    default void close() {}
}
