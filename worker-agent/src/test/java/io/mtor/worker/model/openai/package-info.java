// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.openai}. */
@NullMarked
package io.mtor.worker.model.openai;

import org.jspecify.annotations.NullMarked;
