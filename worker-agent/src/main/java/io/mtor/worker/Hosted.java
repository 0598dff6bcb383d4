// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.vertx.core.Future;

/**
 * A worker that this agent has deployed.
 *
 * @param deployment its deployment id, once it is there
 */
record Hosted(WorkerVerticle worker, Future<String> deployment) {}
