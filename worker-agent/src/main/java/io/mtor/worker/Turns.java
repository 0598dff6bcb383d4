// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.vertx.core.Context;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The event loop of a worker, as far as a worker must know it.
 *
 * @param next runs something in a turn of its own, after what is already waiting
 * @param clockMillis a clock that only ever moves forward, in milliseconds
 */
record Turns(Executor next, LongSupplier clockMillis) {

    static Turns of(Context context) {
        return new Turns(
                task -> context.runOnContext(go -> task.run()), () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    long now() {
        return clockMillis.getAsLong();
    }
}
