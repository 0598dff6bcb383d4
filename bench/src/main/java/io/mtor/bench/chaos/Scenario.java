// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

/** Faults, a load, and what to look at. */
interface Scenario {

    Outcome play(Effort effort);
}
