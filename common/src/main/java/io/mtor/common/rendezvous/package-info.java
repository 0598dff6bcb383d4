// SPDX-License-Identifier: GPL-3.0-only
/** Who of several owns something, without asking anybody. Pure. */
@NullMarked
package io.mtor.common.rendezvous;

import org.jspecify.annotations.NullMarked;
