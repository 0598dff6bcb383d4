// SPDX-License-Identifier: GPL-3.0-only
/** What must hold in every world: judged from outside, by what clients see and what workers run. */
@NullMarked
package io.mtor.bench.simulation.check;

import org.jspecify.annotations.NullMarked;
