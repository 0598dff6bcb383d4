// SPDX-License-Identifier: GPL-3.0-only
/** Tests of model servers that share a GPU. */
@NullMarked
package io.mtor.worker.turn;

import org.jspecify.annotations.NullMarked;
