// SPDX-License-Identifier: GPL-3.0-only
/** Ollama, by its own API. */
@NullMarked
package io.mtor.worker.model.ollama;

import org.jspecify.annotations.NullMarked;
