// SPDX-License-Identifier: GPL-3.0-only
/** Dispatch policies, judged on generated or recorded traces: the product's own beside an ideal and what others do. */
@NullMarked
package io.mtor.bench.simulation.dispatch;

import org.jspecify.annotations.NullMarked;
