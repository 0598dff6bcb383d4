// SPDX-License-Identifier: GPL-3.0-only
/** A TCP proxy that does to connections what networks do. */
@NullMarked
package io.mtor.bench.chaos.proxy;

import org.jspecify.annotations.NullMarked;
