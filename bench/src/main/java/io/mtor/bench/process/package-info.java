// SPDX-License-Identifier: GPL-3.0-only
/** Processes that are measured from outside. */
@NullMarked
package io.mtor.bench.process;

import org.jspecify.annotations.NullMarked;
