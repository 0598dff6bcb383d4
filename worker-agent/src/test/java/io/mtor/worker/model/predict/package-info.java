// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.predict}. */
@NullMarked
package io.mtor.worker.model.predict;

import org.jspecify.annotations.NullMarked;
