// SPDX-License-Identifier: GPL-3.0-only
/** Landscapes from words, by arithmetic alone: noise, gradients and light. */
@NullMarked
package io.mtor.worker.model.demo.paint;

import org.jspecify.annotations.NullMarked;
