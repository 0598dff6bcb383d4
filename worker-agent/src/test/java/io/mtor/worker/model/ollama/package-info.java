// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.ollama}. */
@NullMarked
package io.mtor.worker.model.ollama;

import org.jspecify.annotations.NullMarked;
