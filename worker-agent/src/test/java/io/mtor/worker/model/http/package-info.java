// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.http}. */
@NullMarked
package io.mtor.worker.model.http;

import org.jspecify.annotations.NullMarked;
