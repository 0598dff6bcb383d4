// SPDX-License-Identifier: GPL-3.0-only
/** Tests of {@code io.mtor.worker.model.command}. */
@NullMarked
package io.mtor.worker.model.command;

import org.jspecify.annotations.NullMarked;
