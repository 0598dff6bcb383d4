// SPDX-License-Identifier: GPL-3.0-only
/** What it costs a dispatcher to choose. */
@NullMarked
package io.mtor.bench.selection;

import org.jspecify.annotations.NullMarked;
