// SPDX-License-Identifier: GPL-3.0-only
/** Measures MTOR beside a bare baseline, in one run. */
@NullMarked
package io.mtor.bench;

import org.jspecify.annotations.NullMarked;
