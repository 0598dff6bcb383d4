// SPDX-License-Identifier: GPL-3.0-only
package io.mtor.bench;

import java.time.Duration;

/** How much is measured: so many interleaved rounds, each so long. */
record Effort(int rounds, Duration length) {}
