// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.image}. */
@NullMarked
package io.mtor.worker.model.image;

import org.jspecify.annotations.NullMarked;
