// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.comfy}. */
@NullMarked
package io.mtor.worker.model.comfy;

import org.jspecify.annotations.NullMarked;
