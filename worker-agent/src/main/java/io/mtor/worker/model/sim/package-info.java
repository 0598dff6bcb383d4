// SPDX-License-Identifier: GPL-3.0-only
/** A model server of given speed and given faults, for tests, benchmarks and trying out a realm. */
@NullMarked
package io.mtor.worker.model.sim;

import org.jspecify.annotations.NullMarked;
