// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.discovery}. */
@NullMarked
package io.mtor.worker.discovery;

import org.jspecify.annotations.NullMarked;
