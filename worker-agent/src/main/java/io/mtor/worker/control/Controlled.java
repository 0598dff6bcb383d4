// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker.control;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An agent as its owner sees it; its methods may be called from any thread. */
public interface Controlled {

    /** All there is to tell. */
    JsonObject status();

    /**
     * Takes no more work, and gives the machine back.
     *
     * @param time for so long; null until it is told otherwise
     */
    Future<?> pause(@Nullable Duration time);

    /** Takes work again, as far as everything else allows it. */
    Future<?> resume();

    /** Takes no more work, lets what runs end and ends itself; completes before it has. */
    Future<?> leave();
}
