// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench.chaos;

import io.mtor.realm.cluster.Site;
import java.time.Duration;

/**
 * How much is done, and to what.
 *
 * @param site where the processes run that are harmed, and of which classes
 * @param kills of each role, or strikes of a scenario with one kind of fault
 * @param intents at least, in the scenario with all kinds of faults
 * @param load how long a scenario with a steady load lasts
 */
public record Effort(Site site, int kills, int intents, Duration load, long seed) {}
