// SPDX-License-Identifier: GPL-3.0-only
/** The bare shape: the same WebSocket and bus hops with nothing of MTOR in between. */
@NullMarked
package io.mtor.bench.bare;

import org.jspecify.annotations.NullMarked;
