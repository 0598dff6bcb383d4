// SPDX-License-Identifier: GPL-3.0-only
/** The health monitor: who is alive? */
@NullMarked
package io.mtor.health;

import org.jspecify.annotations.NullMarked;
