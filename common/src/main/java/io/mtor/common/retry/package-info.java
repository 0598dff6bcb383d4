// SPDX-License-Identifier: GPL-3.0-only
/** When what failed is tried again. */
@NullMarked
package io.mtor.common.retry;

import org.jspecify.annotations.NullMarked;
