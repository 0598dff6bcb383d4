// SPDX-License-Identifier: GPL-3.0-only
/** The messages on the WebSocket and the values in them, as records; no Vert.x, no clock. */
@NullMarked
package io.mtor.common.protocol;

import org.jspecify.annotations.NullMarked;
