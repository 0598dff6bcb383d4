// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.texts}. */
@NullMarked
package io.mtor.worker.model.texts;

import org.jspecify.annotations.NullMarked;
