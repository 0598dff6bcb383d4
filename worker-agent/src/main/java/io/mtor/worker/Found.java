// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Serving;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A model server of this host, ready to be made a worker.
 *
 * @param name unique on this host, such as {@code ollama}; part of the worker's id
 * @param measuredAs its name on the list of what was measured on this host
 * @param unload asks the model server to give memory of the GPU back; completes when it has answered
 */
record Found(String name, ModelServer server, Serving serving, String measuredAs, Supplier<Future<Void>> unload) {

    /** One that holds no memory which it could give back. */
    Found(String name, ModelServer server, Serving serving) {
        this(name, server, serving, name, Future::succeededFuture);
    }

    /** The same with what it serves. */
    Found serving(Serving now) {
        return new Found(name, server, now, measuredAs, unload);
    }
}
