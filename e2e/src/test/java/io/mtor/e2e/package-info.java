// SPDX-License-Identifier: GPL-3.0-only
/** A user gets what was promised: the whole system, tried from outside. */
@NullMarked
package io.mtor.e2e;

import org.jspecify.annotations.NullMarked;
