// SPDX-License-Identifier: GPL-3.0-only
/** What operators may do and see: who is one, what they want of workers, and how the parts of the realm are doing. */
@NullMarked
package io.mtor.gateway.operate;

import org.jspecify.annotations.NullMarked;
