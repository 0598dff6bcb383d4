// SPDX-License-Identifier: GPL-3.0-only
/** May this intent enter, and as what? Pure. */
@NullMarked
package io.mtor.gateway.admission;

import org.jspecify.annotations.NullMarked;
