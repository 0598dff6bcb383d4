// SPDX-License-Identifier: GPL-3.0-only
/** The page in a real browser, against a real realm. */
@NullMarked
package io.mtor.e2e.browser;

import org.jspecify.annotations.NullMarked;
