// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.simulation.world;

/**
 * Trouble that is planned.
 *
 * @param atMillis when it begins
 * @param forMillis how long it lasts, where it lasts
 * @param pick says whom it strikes, and how hard; stands for itself, so that leaving out one fault changes no other
 */
public record Fault(FaultKind kind, long atMillis, long forMillis, long pick) {}
