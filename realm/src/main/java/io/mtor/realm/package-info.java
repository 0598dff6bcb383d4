// SPDX-License-Identifier: GPL-3.0-only
/** A whole realm in one process, and the {@code mtor} command line. */
@NullMarked
package io.mtor.realm;

import org.jspecify.annotations.NullMarked;
