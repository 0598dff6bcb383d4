// SPDX-License-Identifier: GPL-3.0-only
/** The product's own cores in virtual time: faults that are drawn by a seed, and what must hold whatever they are. */
@NullMarked
package io.mtor.bench.simulation;

import org.jspecify.annotations.NullMarked;
