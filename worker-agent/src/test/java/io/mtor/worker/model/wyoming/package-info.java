// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.wyoming}. */
@NullMarked
package io.mtor.worker.model.wyoming;

import org.jspecify.annotations.NullMarked;
