// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A worker that this agent has deployed.
 *
 * @param deployment its deployment id, once it is there
 * @param unload asks its model server to give memory back
 */
record Hosted(WorkerVerticle worker, Future<String> deployment, Supplier<Future<Void>> unload) {}
