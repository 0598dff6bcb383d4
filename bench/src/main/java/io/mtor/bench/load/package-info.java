// SPDX-License-Identifier: GPL-3.0-only
/** Drives a gateway, or the bare shape, with intents, and measures from the client's side. */
@NullMarked
package io.mtor.bench.load;

import org.jspecify.annotations.NullMarked;
