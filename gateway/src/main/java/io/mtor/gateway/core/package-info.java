// SPDX-License-Identifier: GPL-3.0-only
/** A whole gateway without its sockets and its bus: what it holds, what it hears, what it wants sent. Pure. */
@NullMarked
package io.mtor.gateway.core;

import org.jspecify.annotations.NullMarked;
