// SPDX-License-Identifier: GPL-3.0-only
/** A network of hosts on this machine, whose packets can be dropped. */
@NullMarked
package io.mtor.bench.chaos.net;

import org.jspecify.annotations.NullMarked;
