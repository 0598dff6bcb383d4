// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.demo}. */
@NullMarked
package io.mtor.worker.model.demo;

import org.jspecify.annotations.NullMarked;
