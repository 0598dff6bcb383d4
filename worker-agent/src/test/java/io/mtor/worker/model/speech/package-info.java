// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.speech}. */
@NullMarked
package io.mtor.worker.model.speech;

import org.jspecify.annotations.NullMarked;
