// SPDX-License-Identifier: GPL-3.0-only
/** Hosts that join through a gateway, well-behaved ones and others, and the network between. */
@NullMarked
package io.mtor.e2e.hosts;

import org.jspecify.annotations.NullMarked;
