// SPDX-License-Identifier: GPL-3.0-only
/** The realm's inner messages, their addresses, and the typed bus that carries them. */
@NullMarked
package io.mtor.common.bus;

import org.jspecify.annotations.NullMarked;
