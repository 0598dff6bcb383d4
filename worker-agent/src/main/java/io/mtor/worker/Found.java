// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.worker;

import io.mtor.worker.model.ModelServer;
import io.mtor.worker.model.Serving;

/**
 * A model server of this host, ready to be made a worker.
 *
 * @param name unique on this host, such as {@code ollama}; part of the worker's id
 */
record Found(String name, ModelServer server, Serving serving) {}
