// SPDX-License-Identifier: GPL-3.0-only
/** What somebody who names no query type wants done; pure. */
@NullMarked
package io.mtor.common.understand;

import org.jspecify.annotations.NullMarked;
