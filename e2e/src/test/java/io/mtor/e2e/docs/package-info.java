// SPDX-License-Identifier: GPL-3.0-only
/** The documents say what the code does: pages that are generated, and pages that are held to it. */
@NullMarked
package io.mtor.e2e.docs;

import org.jspecify.annotations.NullMarked;
